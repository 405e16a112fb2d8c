import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pack } from '../../static/js/review/margin.js';

const items = (...pairs) => pairs.map(([top, height]) => ({ top, height }));

const CASES = [
  ['nothing to place', [], -1, []],
  ['room enough', [[0, 50], [100, 50]], -1, [0, 100]],
  ['pushed down, one after the other', [[0, 50], [10, 50], [20, 50], [400, 50]], -1, [0, 60, 120, 400]],
  ['the pinned one stays, those above move up', [[100, 50], [120, 50], [130, 50]], 2, [10, 70, 130]],
  ['those below the pinned one move down', [[100, 50], [110, 50]], 0, [100, 160]],
  ['only those in the way move up', [[0, 20], [300, 50], [320, 50]], 2, [0, 260, 320]],
  ['no room above: the pinned one gives way', [[0, 50], [10, 50], [20, 50]], 2, [0, 60, 120]],
  ['but no further than it may', [[0, 150], [0, 150], [0, 50]], 2, [-160, 0, 160]],
];

for (const [name, pairs, pinned, expected] of CASES) {
  test(name, () => assert.deepEqual(pack(items(...pairs), 10, pinned), expected));
}

test('cards never overlap and keep their order, whatever is pinned', () => {
  let seed = 7;
  const random = (limit) => (seed = (seed * 16807) % 2147483647) % limit;
  for (let turn = 0; turn < 300; turn++) {
    const tops = Array.from({ length: 1 + random(40) }, () => random(900)).sort((one, other) => one - other);
    const cards = tops.map((top) => ({ top, height: 20 + random(200) }));
    const placed = pack(cards, 8, random(cards.length + 1) - 1);
    for (let at = 1; at < cards.length; at++) assert.ok(placed[at] >= placed[at - 1] + cards[at - 1].height + 8);
  }
});
