// Between the canonical text, counted in code points, and the page, counted in UTF-16 units of text nodes.
//
// A block element starts at data-o. Its text nodes outside [data-skip], joined, are its words; a blank line parts two
// blocks. A block element is replaced, never given other words, so what was read from it is kept.

const GAP = '\n\n';

/** How many items pass; those that do come first. */
export function count(list, passes) {
  let low = 0;
  for (let high = list.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (passes(list[middle], middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where characters of two UTF-16 units stand. */
const pairs = (text) => Array.from(text.matchAll(/[\u{10000}-\u{10ffff}]/gu), (match) => match.index);

/** An index inside a pair counts as the pair's start. */
export const toCodePoints = (text, utf16, wide = pairs(text)) => utf16 - count(wide, (at) => at < utf16);

export const toUtf16 = (text, codePoint, wide = pairs(text)) => codePoint + count(wide, (at, i) => at - i < codePoint);

// Blocks are [{ start, text }], in order.

const facts = new WeakMap();
const segmenters = new Map();

function known(block) {
  if (!facts.has(block)) {
    const wide = pairs(block.text);
    facts.set(block, { wide, end: block.start + block.text.length - wide.length, words: new Map() });
  }
  return facts.get(block);
}

const endOf = (block) => known(block).end;
const placeOf = (block, units) => block.start + toCodePoints(block.text, units, known(block).wide);

/** An offset outside the block counts as its nearest end. */
function unitsAt(block, offset) {
  const inside = Math.max(block.start, Math.min(offset, endOf(block)));
  return toUtf16(block.text, inside - block.start, known(block).wide);
}

/** A place between two blocks belongs to the first. */
const indexAt = (blocks, offset) => Math.max(0, count(blocks, (block) => block.start <= offset) - 1);

/** The canonical words of [start, end), which begin and end inside blocks. */
export function textBetween(blocks, start, end) {
  return blocks
    .slice(indexAt(blocks, start), indexAt(blocks, end - 1) + 1)
    .map((block) => block.text.slice(unitsAt(block, start), unitsAt(block, end)))
    .join(GAP);
}

/** Without what lies outside the blocks at either end. */
function clamped(blocks, start, end) {
  if (!blocks.length) return null;
  const first = indexAt(blocks, start);
  const from = start < endOf(blocks[first]) ? Math.max(start, blocks[0].start) : blocks[first + 1]?.start;
  const to = Math.min(end, endOf(blocks[indexAt(blocks, end - 1)]));
  return from < to ? [from, to] : null;
}

function segmenter(granularity, language) {
  try {
    return new Intl.Segmenter(language || [], { granularity });
  } catch {
    return new Intl.Segmenter([], { granularity }); // a malformed language tag
  }
}

function segment(granularity, language, text) {
  const key = granularity + language;
  if (!segmenters.has(key)) segmenters.set(key, segmenter(granularity, language));
  return segmenters.get(key).segment(text);
}

/** Moved to the end of the written character it is in, or back to its start. */
function snapped(blocks, offset, forward) {
  const block = blocks[indexAt(blocks, forward ? offset - 1 : offset)];
  const units = unitsAt(block, offset);
  const character = segment('grapheme', '', block.text).containing(units);
  if (!character || character.index === units) return offset;
  return placeOf(block, character.index + (forward ? character.segment.length : 0));
}

/** [start, end) cut to the text, without white space at its ends, in whole characters, and its words; null without any. */
export function settle(blocks, start, end) {
  const [left, right] = clamped(blocks, start, end) ?? [];
  const words = left === undefined ? '' : textBetween(blocks, left, right);
  if (!words.trim()) return null;
  const from = snapped(blocks, left + words.length - words.trimStart().length, false);
  const to = snapped(blocks, right - words.length + words.trimEnd().length, true);
  return { start: from, end: to, exact: textBetween(blocks, from, to) };
}

function wordsIn(block, language) {
  const { words } = known(block);
  if (!words.has(language)) {
    const parts = [...segment('word', language, block.text)].filter((part) => part.isWordLike);
    const place = (units) => placeOf(block, units);
    const span = ({ index, segment: { length } }) => ({ start: place(index), end: place(index + length) });
    words.set(language, parts.map(span));
  }
  return words.get(language);
}

/** The word an offset is in or at the end of. */
export function wordHolding(blocks, offset, language = '') {
  const words = blocks.length ? wordsIn(blocks[indexAt(blocks, offset)], language) : [];
  const word = words[count(words, (each) => each.start <= offset) - 1];
  return word && offset <= word.end ? word : null;
}

export function wordFrom(blocks, offset, language = '') {
  for (const block of blocks.slice(indexAt(blocks, offset))) {
    const words = wordsIn(block, language);
    const passed = count(words, (word) => word.start < offset);
    if (passed < words.length) return words[passed];
  }
  return null;
}

export function wordUpTo(blocks, offset, language = '') {
  for (const block of blocks.slice(0, indexAt(blocks, offset) + 1).reverse()) {
    const words = wordsIn(block, language);
    const passed = count(words, (word) => word.end <= offset);
    if (passed) return words[passed - 1];
  }
  return null;
}

// The page

const [ELEMENT, TEXT] = [1, 3];
const [PRECEDING, CONTAINED_BY] = [2, 16];
const blockOfElement = new WeakMap();

const article = () => document.querySelector('#article-text');
const blocksOf = (region) => Array.from(region?.querySelectorAll('[data-o]') ?? [], blockOf);
const languageOf = (region) => region?.closest('[lang]')?.getAttribute('lang') ?? '';

function* textNodes(element) {
  for (const child of element.childNodes) {
    if (child.nodeType === TEXT) yield child;
    else if (child.nodeType === ELEMENT && !child.hasAttribute('data-skip')) yield* textNodes(child);
  }
}

/** Its words are read when first asked for. */
function blockOf(element) {
  if (!blockOfElement.has(element)) {
    let text;
    blockOfElement.set(element, {
      element,
      start: Number(element.dataset.o),
      get text() {
        return (text ??= Array.from(textNodes(element), (node) => node.data).join(''));
      },
    });
  }
  return blockOfElement.get(element);
}

/** Whether a node ends before a boundary point. */
function endsBefore(node, index) {
  const next = node.nodeType === ELEMENT ? node.childNodes[index] : node;
  if (next) return (other) => next.compareDocumentPosition(other) & PRECEDING;
  return (other) => node.compareDocumentPosition(other) & (PRECEDING | CONTAINED_BY);
}

/** The offset of a boundary point; outside the blocks, the end of the one before or the text's start; null without any. */
export function offsetOf(node, index, region = article()) {
  const holder = (node.nodeType === ELEMENT ? node : node.parentElement)?.closest('[data-o]');
  const before = endsBefore(node, index);
  if (!holder || !region?.contains(holder)) return offsetOutside(region, before);
  let units = 0;
  for (const each of textNodes(holder)) {
    if (each === node) return placeOf(blockOf(holder), units + index);
    if (!before(each)) break;
    units += each.data.length;
  }
  return placeOf(blockOf(holder), units);
}

function offsetOutside(region, before) {
  const blocks = blocksOf(region);
  const passed = count(blocks, (block) => before(block.element));
  return passed ? endOf(blocks[passed - 1]) : (blocks[0]?.start ?? null);
}

export function offsetAt(x, y, region = article()) {
  const { offsetNode, offset } = document.caretPositionFromPoint?.(x, y) ?? {};
  const range = offsetNode ? null : document.caretRangeFromPoint?.(x, y);
  const [node, index] = [offsetNode ?? range?.startContainer, offset ?? range?.startOffset];
  return node && region?.contains(node) ? offsetOf(node, index, region) : null;
}

/** The boundary point before the character at an offset or, as an end, after the one that precedes it. */
function pointIn(block, offset, isEnd) {
  let units = unitsAt(block, offset);
  for (const node of textNodes(block.element)) {
    if (units < node.data.length + isEnd) return [node, units];
    units -= node.data.length;
  }
  return [block.element, block.element.childNodes.length];
}

export function rangeOf(start, end, region = article()) {
  const blocks = blocksOf(region);
  const span = clamped(blocks, start, end);
  if (!span) return null;
  const range = document.createRange();
  range.setStart(...pointIn(blocks[indexAt(blocks, span[0])], span[0], 0));
  range.setEnd(...pointIn(blocks[indexAt(blocks, span[1] - 1)], span[1], 1));
  return range;
}

/** The settled span under a range; null when it holds no words. */
export function spanOfRange(range, region = article()) {
  const start = offsetOf(range.startContainer, range.startOffset, region);
  const end = offsetOf(range.endContainer, range.endOffset, region);
  return settle(blocksOf(region), start, end);
}

export const wordsOf = ({ start, end }, region = article()) => textBetween(blocksOf(region), start, end);

export function blockAt(offset, region = article()) {
  const blocks = blocksOf(region);
  return blocks[indexAt(blocks, offset)]?.element ?? null;
}

/** In code points. */
export const lengthOf = (element) => endOf(blockOf(element)) - blockOf(element).start;

const inRegion = (find) => (offset, region = article()) => find(blocksOf(region), offset, languageOf(region));

export const wordAt = inRegion(wordHolding);
export const nextWord = inRegion(wordFrom);
export const prevWord = inRegion(wordUpTo);
