// My queue: J and K go from line to line, Enter opens the text at the words.
import { $, $$, listen } from './page.js';
import { kept } from './store.js';

const STEPS = { j: 1, J: 1, ArrowDown: 1, k: -1, K: -1, ArrowUp: -1 };

function pressed(event) {
  const { key, target, ctrlKey, altKey, metaKey } = event;
  if (ctrlKey || altKey || metaKey || target.matches('input, select, textarea')) return;
  if (key.length === 1 && kept('keys')?.single === false) return;
  const lines = $$('.queue a');
  const next = STEPS[key] && lines[Math.max(0, lines.indexOf(document.activeElement) + STEPS[key])];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function start() {
  listen(document, 'keydown', pressed);
  if (!location.hash) $('.queue a')?.focus();
}
