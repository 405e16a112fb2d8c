// g and a letter lead to the pages of the desk. The review page has its own table of keys.
import { $, listen } from './page.js';
import { kept } from './store.js';

const PLACES = { d: '/dashboard', a: '/articles', q: '/queue' };
let going = false;

function pressed({ key, target, ctrlKey, altKey, metaKey }) {
  if (ctrlKey || altKey || metaKey || target.matches('input, select, textarea') || kept('keys')?.single === false) return;
  if (going && PLACES[key]) $(`.bar a[href$="${PLACES[key]}"]`)?.click();
  going = key === 'g' && !going;
}

export function start() {
  if (document.body.dataset.page !== 'review') listen(document, 'keydown', pressed);
}
