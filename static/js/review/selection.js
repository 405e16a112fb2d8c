// When is a selection finished? At mouse-up, or when it has been quiet for a while (keyboard, touch handles).
import { $, listen, quiet, tell } from '../page.js';
import { rangeOf, spanOfRange } from './textmap.js';

const QUIET = 300;
const ROOM = 8;

/** The span that is selected in the text now, or null. */
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode($('#article-text')) ? spanOfRange(range) : null;
}

export const clearSelection = () => {
  if (selected()) getSelection().removeAllRanges();
  read();
};

export const select = (span) => {
  const { startContainer, startOffset, endContainer, endOffset } = rangeOf(span.start, span.end);
  getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
};

let last = null;

function read() {
  const span = selected();
  if (span?.start === last?.start && span?.end === last?.end) return;
  tell('select', (last = span));
  show(span);
}

function show(span) {
  const bar = $('#toolbar');
  bar.hidden = !span;
  if (span) place(bar, [...getSelection().getRangeAt(0).getClientRects()].filter((box) => box.width));
}

/** Beneath the last line, else above the first, else at the bottom edge: never over the words. */
function place(bar, lines) {
  const docked = !lines.length || matchMedia('(max-width: 59.99rem), (pointer: coarse)').matches;
  bar.classList.toggle('docked', docked);
  const { offsetWidth: width, offsetHeight: height } = bar;
  const [first, end] = [lines[0], lines.at(-1)];
  const below = end?.bottom + ROOM;
  const above = first?.top - ROOM - height;
  const top = below + height < innerHeight ? below : above > 0 ? above : innerHeight - height - ROOM;
  bar.style.top = docked ? '' : `${top}px`;
  bar.style.left = docked ? '' : `${Math.max(ROOM, Math.min(end.right - width / 2, innerWidth - width - ROOM))}px`;
}

export function start() {
  let pressed = false;
  // A bar that came while the button is down would lie under the mouse, and the selection would run away into it.
  const settled = quiet(() => pressed || read(), QUIET);
  listen(document, 'selectionchange', () => pressed || settled());
  listen(document, 'pointerdown', (event) => (pressed = event.pointerType === 'mouse'));
  listen(document, 'pointercancel', () => (pressed = false));
  // A click on a selection clears it only after pointerup.
  listen(document, 'pointerup', () => (pressed = false, setTimeout(read)));
  listen(document, 'scroll', () => last && !pressed && show(selected()), { passive: true });
  listen($('#toolbar'), 'mousedown', (event) => event.preventDefault());
}
