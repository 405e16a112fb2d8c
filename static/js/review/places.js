// Small questions about places in the text, answered with textmap.
import { offsetOf, rangeOf, spanOfRange } from './textmap.js';

/** The span with white space trimmed, characters whole, and its words; null when nothing is left. */
export function settled({ start, end }) {
  const range = rangeOf(start, end);
  return range && spanOfRange(range);
}

export const endOf = (block) => offsetOf(block, block.childNodes.length);
export const boxOf = ({ start, end }) => rangeOf(start, end).getBoundingClientRect();
export const linesOf = ({ start, end }) => [...rangeOf(start, end).getClientRects()].filter((box) => box.width);

/** The offset under a point of the window, or null. */
export function offsetAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const range = caret ? null : document.caretRangeFromPoint?.(x, y);
  const [node, at] = caret ? [caret.offsetNode, caret.offset] : [range?.startContainer, range?.startOffset];
  return node && document.querySelector('#article-text').contains(node) ? offsetOf(node, at) : null;
}
