import assert from 'node:assert/strict';
import { test } from 'node:test';

import { apart } from '../../static/js/evidence.js';
import { read } from './vectors.mjs';

for (const [typed, address, place] of read('addresses').cases) {
  test(`the address and the place in ${JSON.stringify(typed)}`, () => {
    const [url, found] = apart(typed);
    assert.deepEqual([url.trim(), found], [address.trim(), place]);
  });
}
