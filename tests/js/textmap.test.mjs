import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import * as map from '../../static/js/review/textmap.js';
import { open, point } from './page.mjs';
import { blocksOf, read } from './vectors.mjs';

describe('code points and UTF-16', () => {
  for (const { name, text, utf16 } of read('offsets')) {
    test(name, () => {
      utf16.forEach((units, codePoint) => {
        assert.equal(map.toUtf16(text, codePoint), units);
        assert.equal(map.toCodePoints(text, units), codePoint);
      });
      assert.equal([...text].length, utf16.length - 1);
    });
  }

  test('an index inside a pair counts as its start', () => assert.equal(map.toCodePoints('a😀b', 2), 1));
});

describe('settling a span', () => {
  for (const { name, text, start, end, settled, exact } of read('spans')) {
    test(name, () => {
      const expected = settled && { start: settled[0], end: settled[1], exact };
      assert.deepEqual(map.settle(blocksOf(text), start, end), expected);
      if (settled) assert.deepEqual(map.settle(blocksOf(text), ...settled), expected);
    });
  }

  test('what lies outside the text is cut off', () => {
    const words = blocksOf('One.\n\nTwo.');
    assert.deepEqual(map.settle(words, -5, 99), { start: 0, end: 10, exact: 'One.\n\nTwo.' });
    assert.equal(map.settle(words, 10, 99), null);
    assert.equal(map.settle(words, 3, 1), null);
    assert.equal(map.settle([], 0, 1), null);
  });
});

describe('words', () => {
  for (const { name, language, text, words } of read('words')) {
    const blocks = blocksOf(text);
    const spelled = (word) => map.textBetween(blocks, word.start, word.end);

    test(`${name}: forward`, () => {
      const found = [];
      for (let word = map.wordFrom(blocks, 0, language); word; word = map.wordFrom(blocks, word.end, language)) found.push(word);
      assert.deepEqual(found.map(spelled), words);
      for (const word of found) assert.deepEqual(map.wordHolding(blocks, word.start, language), word);
    });

    test(`${name}: backward`, () => {
      const found = [];
      let word = map.wordUpTo(blocks, [...text].length, language);
      for (; word; word = map.wordUpTo(blocks, word.start, language)) found.unshift(word);
      assert.deepEqual(found.map(spelled), words);
    });
  }

  test('a word is held up to its end, and no further', () => {
    const blocks = blocksOf('One, two');
    const one = { start: 0, end: 3 };
    assert.deepEqual([0, 2, 3].map((offset) => map.wordHolding(blocks, offset)), [one, one, one]);
    assert.equal(map.wordHolding(blocks, 4), null);
    assert.equal(map.wordHolding([], 0), null);
  });

  test('a language tag that no browser knows is no obstacle', () => {
    assert.deepEqual(map.wordFrom(blocksOf('One'), 0, 'not_a_tag!'), { start: 0, end: 3 });
  });
});

describe('selections in the page', () => {
  const { text, page: source, cases } = read('selections');

  for (const { name, from, to, span } of cases) {
    test(name, () => {
      const page = open(source);
      const [startContainer, startOffset] = point(page, from);
      const [endContainer, endOffset] = point(page, to);
      assert.deepEqual(map.spanOfRange({ startContainer, startOffset, endContainer, endOffset }, page.region), span);
    });
  }

  test('every offset and every range comes back', () => {
    open(source);
    const points = [...text];
    for (let start = 0; start < points.length; start++) {
      for (let end = start + 1; end <= points.length; end++) {
        const range = map.rangeOf(start, end);
        const expected = map.settle(blocksOf(text), start, end);
        assert.deepEqual(range && map.spanOfRange(range), expected);
      }
    }
  });

  test('a range begins before its first character and ends after its last, whatever the marks', () => {
    open([['p', { o: 0 }, 'The ', ['mark', {}, 'minister'], ' paid.']]);
    const range = map.rangeOf(4, 12);
    assert.deepEqual([range.startContainer.data, range.startOffset], ['minister', 0]);
    assert.deepEqual([range.endContainer.data, range.endOffset], ['minister', 8]);
  });

  test('there is no range where there is no text', () => {
    open(source);
    assert.equal(map.rangeOf(text.length + 9, text.length + 10), null);
    open([]);
    assert.equal(map.rangeOf(0, 1), null);
  });

  test('a page without blocks has no offsets, words or blocks', () => {
    const { region } = open([]);
    assert.equal(map.offsetOf(region, 0), null);
    assert.equal(map.nextWord(0), null);
    assert.equal(map.blockAt(0), null);
  });

  test('blocks are found by offset; a gap belongs to the block before it', () => {
    const { region } = open(source);
    const [first, second, third] = region.childNodes;
    assert.deepEqual([0, 29, 30, 31].map((offset) => map.blockAt(offset)), [first, first, first, first]);
    assert.deepEqual([map.blockAt(32), map.blockAt(9_999)], [second, third]);
    assert.equal(map.lengthOf(third), 16);
  });

  test('the words of a span are canonical', () => {
    open(source);
    assert.equal(map.wordsOf({ start: 18, end: 46 }), [...text].slice(18, 46).join(''));
  });

  test('words are found across marks, skipped elements and blocks', () => {
    open(source);
    const spelled = (span) => span && map.wordsOf(span);
    assert.equal(spelled(map.wordAt(6)), 'minister');
    assert.equal(spelled(map.nextWord(29)), 'Never');
    assert.equal(spelled(map.prevWord(32)), 'million');
    assert.equal(map.prevWord(0), null);
  });

  test('a replaced block is read anew', () => {
    const { region } = open([['p', { o: 0 }, 'One']]);
    assert.equal(map.lengthOf(region.childNodes[0]), 3);
    const { region: later } = open([['p', { o: 0 }, 'One ', ['mark', {}, 'two']]]);
    assert.equal(map.lengthOf(later.childNodes[0]), 7);
  });

  test('marks put into a block that stays are respected', () => {
    const { region } = open([['p', { o: 0 }, 'One two']]);
    const [block] = region.childNodes;
    map.lengthOf(block);
    block.childNodes = [];
    block.append(...open([['p', { o: 0 }, 'One ', ['mark', {}, 'two']]]).region.childNodes[0].childNodes);
    globalThis.document.querySelector = () => region;
    const range = map.rangeOf(4, 7);
    assert.equal(range.startContainer.data, 'two');
    assert.deepEqual(map.spanOfRange(range), { start: 4, end: 7, exact: 'two' });
  });
});

describe('the point under the pointer', () => {
  const under = (found, where) => {
    const page = open([['p', { o: 0 }, '😀 two']]);
    Object.assign(globalThis.document, found(where(page)));
    return map.offsetAt(1, 2);
  };
  const inText = (page) => page.region.childNodes[0].childNodes[0];
  const standard = (node) => ({ caretPositionFromPoint: () => node && { offsetNode: node, offset: 3 } });
  const older = (node) => ({ caretRangeFromPoint: () => node && { startContainer: node, startOffset: 3 } });

  for (const [name, found] of Object.entries({ standard, older })) {
    test(`${name}: in the text`, () => assert.equal(under(found, inText), 2));
    test(`${name}: outside the region`, () => assert.equal(under(found, (page) => page.after), null));
    test(`${name}: nowhere`, () => assert.equal(under(found, () => null), null));
  }
});
