// Reading through: sentences marked clear, the next unread one, and the strip that shows where they are.
import { announce, notify } from '../announce.js';
import { $, $$, listen } from '../page.js';
import { read } from './annotate.js';
import { boxOf } from './places.js';
import { clearSelection, selected } from './selection.js';
import { blockAt, count } from './textmap.js';
import { cursorSpan, reveal, sentenceAt, walkTo } from './wordcursor.js';

const text = $('#article-text');
const blocks = () => $$('.block', text);
const startsOf = ({ dataset: { o, s } }) => s.split(' ').map((start) => +o + +start);

/** The number of the sentence at an offset. */
function numberAt(offset) {
  const block = blockAt(offset);
  return +block.dataset.k + Math.max(0, startsOf(block).findLastIndex((start) => start <= offset));
}

/** A sentence by its number: where it begins, and its state (u, c or m). */
function sentence(number) {
  const all = blocks();
  const block = all[Math.max(0, count(all, ({ dataset }) => +dataset.k <= number) - 1)];
  const at = number - block.dataset.k;
  return { start: startsOf(block)[at], state: block.dataset.c[at] };
}

/** The numbers of the sentences selected, or of the one at the cursor, that are in a state. */
function chosen(state) {
  const span = selected() ?? (cursorSpan() && sentenceAt(cursorSpan().start));
  if (!span) return notify('Choose a sentence first: press j, or select words.');
  const [first, last] = [numberAt(span.start), numberAt(span.end - 1)];
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  clearSelection();
  return numbers.filter((number) => sentence(number).state === state);
}

/** `x`: there is nothing to check. */
export function clear() {
  const numbers = chosen('u');
  if (numbers?.length) mark(numbers, true);
  else if (numbers) notify('This is read already. X makes a clear sentence unread.');
}

/** `X`: it has to be read again. */
export function unclear() {
  const numbers = chosen('c');
  if (numbers?.length) mark(numbers, false);
  else if (numbers) notify('Only a clear sentence can be made unread.');
}

function mark(numbers, isClear) {
  const span = sentenceAt(sentence(numbers[0]).start);
  read(numbers, isClear, { ...span, end: sentenceAt(sentence(numbers.at(-1)).start).end });
  announce(isClear ? 'Clear' : 'Unread again');
}

/** The next sentence that nobody has read, after the cursor; from the top when there is none below. */
export function nextUnread() {
  const here = cursorSpan() ? numberAt(cursorSpan().start) : -1;
  const unread = blocks().flatMap(({ dataset: { k, c } }) => [...c].flatMap((state, at) => (state === 'u' ? +k + at : [])));
  const next = unread.find((number) => number > here) ?? unread[0];
  if (next === undefined) return notify('Every sentence is covered.');
  goTo(sentence(next).start);
}

export function goTo(start) {
  text.focus({ preventScroll: true });
  clearSelection();
  const span = sentenceAt(start);
  walkTo(span);
  reveal(boxOf(span));
}

/** A click on the strip leads to the sentence there. */
function jump({ target, clientY }) {
  const strip = target.closest('#strip');
  if (!strip) return;
  const { top, height } = strip.getBoundingClientRect();
  const all = strip.viewBox.baseVal.height;
  goTo(sentence(Math.min(all - 1, Math.floor(((clientY - top) / height) * all))).start);
}

export function start() {
  listen(document, 'click', jump);
  const named = /^#s(\d+)$/.exec(location.hash)?.[1];
  if (named) goTo(+named);
  else if (location.hash === '#unread') nextUnread();
}
