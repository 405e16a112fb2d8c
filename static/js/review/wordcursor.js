// A cursor for the keyboard: the text is one tab stop, and words and sentences are walked within it.
import { announce } from '../announce.js';
import { $, $$, listen } from '../page.js';
import { paint } from './paint.js';
import { clearSelection, select, selected } from './selection.js';
import { boxOf, linesOf, settled } from './places.js';
import { blockAt, lengthOf, nextWord, offsetAt, prevWord, wordAt, wordsOf } from './textmap.js';

const text = $('#article-text');
let cursor = null; // the word or sentence the cursor is on
let anchor = null; // where an extended selection began

const endOf = (block) => +block.dataset.o + lengthOf(block);

export const cursorSpan = () => cursor;

/** The sentence at an offset, from the starts the server counted. */
export function sentenceAt(offset) {
  const block = blockAt(offset);
  const base = +block.dataset.o;
  const starts = block.dataset.s.split(' ').map((start) => base + +start);
  const at = Math.max(0, starts.findLastIndex((start) => start <= offset));
  return settled({ start: starts[at], end: starts[at + 1] ?? endOf(block) });
}

/** What a key tags: the selection, else the sentence the cursor is in. */
export const target = () => selected() ?? (cursor && sentenceAt(cursor.start));

export function moveTo(span, quietly) {
  cursor = span;
  paint('cursor', cursor);
  if (!cursor || quietly) return;
  reveal(boxOf(cursor));
  announce(wordsOf(cursor));
}

/** The open card where it is a sheet at the bottom edge. */
export const sheet = () => $$('.card[data-open]').find((card) => getComputedStyle(card).position === 'fixed');

/** Scrolls so that the line is clear of the bar above and of what is docked below. */
export function reveal({ top, bottom }) {
  const ceiling = Math.max(0, $('.review-bar')?.getBoundingClientRect().bottom ?? 0) + 24;
  const floor = sheet()?.getBoundingClientRect().top - 16 || innerHeight - 96;
  if (top < ceiling || bottom > floor) scrollBy(0, top - (ceiling + floor) / 3);
}

const first = () => wordAt(firstSeen()) ?? nextWord(firstSeen());

/** Where the cursor begins: at the first block in view. */
function firstSeen() {
  const seen = $$('.block', text).find((block) => block.getBoundingClientRect().bottom > 120);
  return +(seen?.dataset.o ?? 0);
}

/** The word beside; from a sentence that is walked into, its first. */
function word(from, forward, _whole, extending) {
  const inside = wordAt(from.start) ?? nextWord(from.start);
  if (forward && !extending && inside && inside.end < from.end) return inside;
  return forward ? nextWord(from.end) : prevWord(from.start);
}

function sentence(from, forward) {
  const here = sentenceAt(from.start);
  const beside = forward ? nextWord(here.end) : prevWord(here.start);
  return beside && sentenceAt(beside.start);
}

const STATES = { u: 'Unread', c: 'Clear' };

/** Goes to a sentence, and says its words and whether it has been read. */
export function walkTo(sentence) {
  moveTo(sentence);
  const { dataset: { o, s, c } } = blockAt(sentence.start);
  const at = s.split(' ').findLastIndex((start) => +o + +start <= sentence.start);
  announce([wordsOf(sentence), STATES[c[at]]].filter(Boolean).join(' '));
}

export function nextSentence(forward) {
  text.focus({ preventScroll: true });
  clearSelection();
  anchor = null;
  const to = cursor ? sentence(cursor, forward) : sentenceAt(first()?.start ?? 0);
  if (to) walkTo(to);
  else announce(forward ? 'End of the article' : 'Start of the article');
}

/** The word a line above or below: looked for at the same x, further and further, as far as the next block. */
function line(from, forward) {
  const boxes = linesOf(from);
  const { left, top, bottom } = forward ? boxes.at(-1) : boxes[0];
  const step = (bottom - top) * (forward ? 1 : -1);
  for (let away = 1; away < 8; away++) {
    const offset = offsetAt(left + 1, (top + bottom) / 2 + step * away);
    const found = offset !== null && wordAt(offset);
    if (found && (forward ? found.start >= from.end : found.end <= from.start)) return found;
  }
  return word(from, forward);
}

const edge = (from, forward, whole) => {
  const block = whole ? $$('.block', text).at(forward ? -1 : 0) : blockAt(from.start);
  return forward ? prevWord(endOf(block)) : wordAt(+block.dataset.o) ?? nextWord(+block.dataset.o);
};

/** Left is forward where the text runs right to left. */
function direction(key, from) {
  const rtl = getComputedStyle(blockAt(from.start)).direction === 'rtl';
  return key === 'ArrowDown' || key === 'End' || key === (rtl ? 'ArrowLeft' : 'ArrowRight');
}

/** Arrows, Home and End; with Shift the selection grows, with Ctrl as well by sentences. */
export function arrow({ key, shiftKey, ctrlKey }) {
  if (!cursor) return moveTo(first());
  const forward = direction(key, cursor);
  const step = /Home|End/.test(key) ? edge : ctrlKey ? sentence : /Up|Down/.test(key) ? line : word;
  const to = step(cursor, forward, ctrlKey, shiftKey);
  if (!to) return;
  if (!shiftKey) {
    anchor = null;
    clearSelection();
    return moveTo(to);
  }
  anchor ??= ctrlKey ? sentenceAt(cursor.start) : cursor;
  moveTo(to);
  select({ start: Math.min(anchor.start, to.start), end: Math.max(anchor.end, to.end) });
}

export function start() {
  listen(text, 'click', (event) => {
    const offset = selected() ? null : offsetAt(event.clientX, event.clientY);
    anchor = null;
    if (offset !== null) moveTo(wordAt(offset), true);
  });
  listen(text, 'blur', () => paint('cursor', null));
  listen(text, 'focus', () => paint('cursor', cursor));
}
