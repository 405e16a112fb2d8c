// Small questions about places in the text, answered with textmap.
import { rangeOf, spanOfRange } from './textmap.js';

/** The span with white space trimmed, characters whole, and its words; null when nothing is left. */
export function settled({ start, end }) {
  const range = rangeOf(start, end);
  return range && spanOfRange(range);
}

export const boxOf = ({ start, end }) => rangeOf(start, end).getBoundingClientRect();
export const linesOf = ({ start, end }) => [...rangeOf(start, end).getClientRects()].filter((box) => box.width);
