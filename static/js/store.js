// What this browser keeps for the person who is signed in. Erased on sign-out: a newsroom's computers are shared.

let erased = false; // what is still on the page is not kept again while it is being left

const ours = () => `annotator:${document.body.dataset.user}:`;

/** Whether it could be kept: storage may be full or forbidden. */
export function keep(key, value) {
  if (erased) return false;
  try {
    localStorage.setItem(ours() + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(ours() + key));
  } catch {
    return null;
  }
}

export function drop(key) {
  try {
    localStorage.removeItem(ours() + key);
  } catch {
    return;
  }
}

/** Without the person's prefix. */
export function keysOf(beginning) {
  try {
    const start = ours() + beginning;
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(start) ? key.slice(ours().length) : []));
  } catch {
    return [];
  }
}

/** Everything but the person's choice of keys. */
export function erase() {
  ['queue:', 'draft:'].flatMap(keysOf).forEach(drop);
  erased = true;
}

/** The page is there after all, or again. */
export const keepAgain = () => (erased = false);
