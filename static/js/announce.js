import { $, node } from './page.js';

/** Says it to screen readers. The no-break space makes the same words news again. */
export function announce(words) {
  const place = $('#announcer');
  if (place) place.textContent = place.textContent === words ? `${words}\u00a0` : words;
}

let timer;

/** Says it to everybody, in the bar at the bottom: words, and buttons, which keep it there. */
export function notify(words, ...buttons) {
  const bar = $('#undo');
  clearTimeout(timer);
  announce(words);
  bar.replaceChildren(words, ' ', ...buttons);
  bar.hidden = false;
  if (!buttons.length) timer = setTimeout(() => (bar.hidden = true), 10000);
}

/** Takes back what was said in the bar, where it is not true any more. */
export function retract(words) {
  const bar = $('#undo');
  if (bar.textContent.trim() === words) bar.hidden = true;
}

const button = (command, words, key) =>
  node(`<button type="button" data-command="${command}">${words} <kbd aria-hidden="true">${key}</kbd></button>`);
export const undoButton = () => button('undo', 'Undo', 'u');
export const redoButton = () => button('redo', 'Redo', 'U');
