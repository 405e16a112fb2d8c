import assert from 'node:assert/strict';
import { test } from 'node:test';

import { follows } from '../../static/js/review/partials.js';

// As `dataset` gives them: words, not numbers.
const card = (start, end, n) => ({ start: `${start}`, end: `${end}`, n: `${n}` });
const order = (...cards) => cards.toSorted(follows).map(({ n }) => +n);

const CASES = [
  ['by start, as numbers', [card(100, 110, 1), card(20, 30, 2)], [2, 1]],
  ['the longer one first', [card(5, 9, 1), card(5, 40, 2)], [2, 1]],
  ['the same words: by number', [card(5, 9, 10), card(5, 9, 2)], [2, 10]],
];

for (const [name, cards, expected] of CASES) test(name, () => assert.deepEqual(order(...cards), expected));
