// What is painted for a moment only: pending marks, the active annotation, the cursor. No element of the text is
// touched, so a hundred marks cost what one costs. Offsets are kept, because a new block makes every range in it void.
import { $$, framed, listen, node } from '../page.js';
import { rangeOf } from './textmap.js';

const painted = new Map();

/** Paints a span under a name; `key` tells spans of one name apart. No span: paints it no longer. */
export function paint(name, span, key = '') {
  const spans = painted.get(name) ?? painted.set(name, new Map()).get(name);
  spans.delete(key);
  if (span) spans.set(key, span);
  show(name, spans);
}

export const repaint = () => painted.forEach((spans, name) => show(name, spans));

function show(name, spans) {
  const ranges = [...spans.values()].flatMap(({ start, end }) => rangeOf(start, end) ?? []);
  if (!CSS.highlights) box(name, ranges);
  else if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

/** For browsers without highlights: boxes over the lines. */
function box(name, ranges) {
  $$(`.hl-${name}`).forEach((old) => old.remove());
  for (const { left, top, width, height } of ranges.flatMap((range) => [...range.getClientRects()])) {
    const element = node(`<div class="hl hl-${name}"></div>`);
    const place = { position: 'absolute', left: left + scrollX, top: top + scrollY, width, height };
    for (const [side, value] of Object.entries(place)) element.style[side] = value.toFixed ? `${value}px` : value;
    document.body.append(element);
  }
}

if (typeof CSS === 'object' && !CSS.highlights) listen(window, 'resize', framed(repaint));
