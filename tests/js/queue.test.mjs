import assert from 'node:assert/strict';
import { test } from 'node:test';

import { add, done, dueIn, hurry, meaning, putOff, ready, refused, uuid4 } from '../../static/js/review/queue.js';

const job = (at, a, verb = 'create', more = {}) => ({ at, a, verb, body: {}, due: 0, tries: 0, ...more });
const numbers = (jobs) => jobs.map(({ at }) => at);

test('jobs keep their order', () => {
  assert.deepEqual(numbers(add(add([], job(1, 'x')), job(2, 'y'))), [1, 2]);
});

test('a later place takes the place of one still waiting', () => {
  assert.deepEqual(numbers(add([job(1, 'x'), job(2, 'x', 'place')], job(3, 'x', 'place'))), [1, 3]);
});

test('a place on its way is not taken back, nor one with something after it, nor another annotation’s', () => {
  assert.deepEqual(numbers(add([job(1, 'x', 'place', { sent: true })], job(2, 'x', 'place'))), [1, 2]);
  assert.deepEqual(numbers(add([job(1, 'x', 'place'), job(2, 'x', 'kind')], job(3, 'x', 'place'))), [1, 2, 3]);
  assert.deepEqual(numbers(add([job(1, 'y', 'place')], job(2, 'x', 'place'))), [1, 2]);
});

test('one request at a time for an annotation, and one put off holds up its own only', () => {
  const jobs = [job(1, 'x', 'create', { due: 500 }), job(2, 'x', 'place'), job(3, 'y')];
  assert.equal(ready(jobs, 100).at, 3);
  assert.equal(ready(jobs, 500).at, 1);
  assert.equal(ready([jobs[0], jobs[1]], 100), undefined);
  assert.equal(dueIn([jobs[0], jobs[1]], 100), 400);
  assert.equal(ready(hurry([jobs[0], jobs[1]]), 0).at, 1);
});

test('what a status means', () => {
  const cases = { saved: [200, 201], held: [400, 401], later: [0, 408, 429, 500, 503], refused: [403, 404, 409, 412, 422] };
  for (const [word, statuses] of Object.entries(cases)) for (const status of statuses) assert.equal(meaning(status), word, status);
});

test('what follows stands on the row version that was made', () => {
  const jobs = [job(1, 'x'), job(2, 'x', 'place', { body: { row: 1, start: 4 } }), job(3, 'y', 'place', { body: { row: 7 } })];
  assert.deepEqual(done(jobs, jobs[0], 2).map(({ body }) => body), [{ row: 2, start: 4 }, { row: 7 }]);
  assert.deepEqual(numbers(done(jobs, jobs[2], 0)), [1, 2]);
});

test('a refusal takes with it what stood on it', () => {
  const jobs = [job(1, 'x'), job(2, 'y'), job(3, 'x', 'place')];
  assert.deepEqual(numbers(refused(jobs, jobs[0])), [2]);
});

test('waiting doubles, stays within thirty seconds and 20 %', () => {
  const waits = (tries, random) => putOff([job(1, 'x', 'create', { tries })], job(1, 'x', 'create', { tries }), 0, random)[0];
  assert.equal(waits(0, 0.5).due, 1000);
  assert.equal(waits(2, 0.5).due, 4000);
  assert.equal(waits(0, 0).due, 800);
  assert.equal(Math.round(waits(20, 1).due), 36000);
  assert.deepEqual([waits(3, 0.5).tries, waits(3, 0.5).sent], [4, false]);
});

test('a UUID of version 4 with and without a secure context', () => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const plain = { getRandomValues: (bytes) => crypto.getRandomValues(bytes) };
  for (let turn = 0; turn < 200; turn++) assert.match(uuid4(plain), shape);
  assert.match(uuid4(), shape);
  assert.notEqual(uuid4(plain), uuid4(plain));
});
