import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KEYS, commandFor, nameOf, taken } from '../../static/js/review/shortcuts.js';

const press = (key, more = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...more });

test('no key stands twice in the table', () => {
  const keys = KEYS.map(([, key]) => key);
  assert.equal(new Set(keys).size, keys.length);
});

test('every key of the table leads to its own command', () => {
  for (const [command, key, , family] of KEYS) if (!family) assert.equal(commandFor(key), command);
});

const NAMES = [
  [press('j'), 'j'],
  [press('J', { shiftKey: true }), 'J'],
  [press('{', { shiftKey: true }), '{'],
  [press('ArrowRight', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+ArrowRight'],
  [press('Enter', { ctrlKey: true }), 'Ctrl+Enter'],
  [press('c', { ctrlKey: true }), null],
  [press('c', { metaKey: true }), null],
  [press('d', { altKey: true }), null],
  [press('ArrowLeft', { altKey: true }), null],
  [press('о', { code: 'KeyJ' }), 'j'],
  [press('О', { code: 'KeyJ', shiftKey: true }), 'J'],
];

for (const [event, name] of NAMES) {
  test(`${JSON.stringify(event.key)} is ${name}`, () => assert.equal(nameOf(event, false), name));
}

test('AltGr makes the brackets of many keyboards', () => {
  assert.equal(nameOf(press('[', { ctrlKey: true, altKey: true }), true), '[');
});

const FAMILIES = { 1: 'verdict', 8: 'verdict', 9: undefined, ArrowUp: 'cursor', Home: 'cursor', 'Ctrl+End': 'cursor',
  'Shift+ArrowDown': 'cursor', 'Ctrl+Shift+ArrowLeft': 'cursor', 'Ctrl+ArrowLeft': undefined, z: undefined };

for (const [name, command] of Object.entries(FAMILIES)) {
  test(`${name} does ${command}`, () => assert.equal(commandFor(name), command));
}

test('a chosen key replaces the old one', () => {
  assert.equal(commandFor('x', { claim: 'x' }), 'claim');
  assert.equal(commandFor('c', { claim: 'x' }), undefined);
});

test('a key in use is not given twice; a freed one may be', () => {
  assert.equal(taken('j', 'claim', {}), 'next-sentence');
  assert.equal(taken('g', 'claim', {}), 'dashboard');
  assert.equal(taken('3', 'claim', {}), 'verdict');
  assert.equal(taken('c', 'claim', {}), undefined);
  assert.equal(taken('c', 'quote', { claim: 'x' }), undefined);
});
