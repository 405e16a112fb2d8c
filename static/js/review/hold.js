// Keys pressed between a command that leads into a field and the field's being there belong into the field.
import { notify } from '../announce.js';
import { keepWords, submit } from '../forms.js';
import { listen } from '../page.js';

const PAUSE = 1000;
const SAVE = 'Ctrl+Enter';
let held = null; // the keys
let timer;

/** From now on what is typed waits for a field. */
export const hold = () => (held ??= []);
export const release = () => (held = null);

/** No field will come: what is typed until the next pause is kept for the note of annotation `a`. */
export function lost(a) {
  if (!held) return;
  held.a = a;
  clearTimeout(timer);
  timer = setTimeout(store, PAUSE);
}

function store() {
  if (!held) return;
  const words = held.filter((key) => key !== SAVE).reduce((text, key) =>
    (key === 'Backspace' ? [...text].slice(0, -1).join('') : text + (key === 'Enter' ? '\n' : key)), '');
  if (words.trim() && keepWords(held.a, words)) notify('The card could not be opened. What you typed is kept for its note.');
  held = null;
}

const prints = (event) => (event.key.length === 1
  ? event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey || event.altKey)
  : /^(Backspace|Enter)$/.test(event.key));

function catchKey(event) {
  if (!held || event.target.matches?.('input, textarea, select, dialog *')) return;
  if (event.key === 'Escape') return store();
  const saves = event.key === 'Enter' && event.ctrlKey;
  if (!saves && !prints(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held.push(saves ? SAVE : event.key);
  if (held.a) lost(held.a);
}

function pour({ target: field }) {
  if (!held || !field.matches('.card :is(input, textarea)')) return;
  const end = held.indexOf(SAVE);
  const keys = end < 0 ? held : held.slice(0, end);
  const rest = end < 0 ? [] : held.slice(end + 1);
  held = null;
  if (!keys.length) return;
  field.setSelectionRange(field.value.length, field.value.length);
  for (const key of keys) {
    const at = field.selectionStart;
    if (key === 'Backspace') field.setRangeText('', Math.max(0, at - 1), at, 'end');
    else if (key !== 'Enter' || field.matches('textarea')) field.setRangeText(key === 'Enter' ? '\n' : key, at, at, 'end');
  }
  field.dispatchEvent(new Event('input', { bubbles: true }));
  if (end < 0) return;
  const card = field.closest('.card');
  submit(field.form);
  for (const key of rest) card.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

export function start() {
  listen(document, 'keydown', catchKey, true);
  listen(document, 'focusin', pour);
}
