// Small questions about places in the text, answered with textmap.
import { rangeOf, spanOfRange } from './textmap.js';

/** The span with white space trimmed, characters whole, and its words; null when nothing is left. */
export function settled({ start, end }) {
  const range = rangeOf(start, end);
  return range && spanOfRange(range);
}

/** Of a place without words, the character beside it. */
const near = ({ start, end }) => rangeOf(start, Math.max(end, start + 1)) ?? rangeOf(start - 1, start);

export const boxOf = (span) => near(span).getBoundingClientRect();
export const linesOf = ({ start, end }) => [...(rangeOf(start, end)?.getClientRects() ?? [])].filter((box) => box.width);
