// The edges of the annotation in hand: by key, by button, by the words selected, and by dragging.
import { announce, notify } from '../announce.js';
import { $, hear, listen, node } from '../page.js';
import { place, placeOf } from './annotate.js';
import { CHOOSE, activeCard, inHand, spanOf } from './focus.js';
import { paint } from './paint.js';
import { clearSelection, selected } from './selection.js';
import { linesOf, settled } from './places.js';
import { nextWord, offsetAt, prevWord, wordAt, wordsOf } from './textmap.js';

/** Moves one edge by a word: `start` or `end`, forward or back. */
export function nudge(edge, forward) {
  const card = inHand();
  if (!card) return notify(CHOOSE);
  const { start, end } = placeOf(card);
  if (start === end) return notify('Its words are gone. Select those it is about now, and use the selection.');
  const to = STEPS[edge][forward ? 'forward' : 'back'](start, end);
  if (to != null) move(card, { start, end, [edge]: to });
}

// The end stops before and after the marks that close a word (“risk,”), so that both keys find every place again.
const STEPS = {
  start: {
    forward: (start) => nextWord(wordAt(start)?.end ?? start)?.start,
    back: (start) => prevWord(start)?.start,
  },
  end: {
    forward(start, end) {
      const next = nextWord(end);
      const closing = next && /^\S*/.exec(wordsOf({ start: end, end: next.start }))[0];
      return closing ? end + [...closing].length : next?.end;
    },
    back(start, end) {
      const last = prevWord(end);
      return last && last.end < end ? last.end : last && prevWord(last.start)?.end;
    },
  },
};

function move(card, span) {
  const to = span.start < span.end && settled(span);
  if (!to) return notify('It would be empty. Delete it instead.');
  place(card, to);
  announce(to.exact);
  lay();
}

/** Puts the annotation in hand where the selection is. */
export function useSelection() {
  const card = activeCard();
  const span = selected();
  if (!card || !span) return notify('Select the words it should have, then press this again.');
  clearSelection();
  move(card, span);
}

const handles = ['start', 'end'].map((edge) =>
  node(`<div class="handle handle-${edge}" data-edge="${edge}" aria-hidden="true" hidden></div>`));

/** Lays the handles at both ends of the annotation in hand. */
export function lay(span = activeCard() && spanOf(activeCard())) {
  const boxes = span ? linesOf(span) : [];
  for (const handle of handles) {
    const first = handle.dataset.edge === 'start';
    const box = boxes.at(first ? 0 : -1);
    handle.hidden = !box;
    if (!box) continue;
    handle.style.left = `${(first ? box.left : box.right) + scrollX}px`;
    handle.style.top = `${(first ? box.top : box.bottom) + scrollY}px`;
  }
}

/** An edge in a word takes the word in; one between words stays there. */
function whole(edge, offset) {
  const word = wordAt(offset);
  const inside = word && (edge === 'start' ? offset < word.end : offset > word.start);
  return inside ? word[edge] : offset;
}

/** While a handle is dragged: the span as it would be, in whole words, with Alt in whole characters. */
function dragged({ target, clientX, clientY, altKey }) {
  target.classList.add('dragging');
  const offset = offsetAt(clientX, clientY);
  const card = activeCard();
  if (offset === null || !card) return null;
  const { edge } = target.dataset;
  const span = { ...spanOf(card), [edge]: altKey ? offset : whole(edge, offset) };
  return span.start < span.end ? settled(span) : null;
}

export function start() {
  document.body.append(...handles);
  let span = null;
  for (const handle of handles) {
    listen(handle, 'pointerdown', (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
    });
    listen(handle, 'pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      span = dragged(event) ?? span;
      if (span) paint('active', span);
      if (span) lay(span);
    });
    listen(handle, 'lostpointercapture', () => {
      handle.classList.remove('dragging');
      if (span && activeCard()) move(activeCard(), span);
      span = null;
    });
  }
  new ResizeObserver(() => lay()).observe($('#article-text'));
  hear('activate', () => lay());
  hear('changed', () => lay());
}
