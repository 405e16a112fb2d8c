// The pages about a draft: Ctrl+Enter adds it; J and K go through what it touched, y says that it still stands.
import { $, $$, listen } from './page.js';
import { kept } from './store.js';

const STEPS = { j: 1, J: 1, k: -1, K: -1 };

const items = () => $$('.touched-list > .open');
const here = () => document.activeElement?.closest('.touched-list > li');

/** The item in hand, else the first that waits for somebody. */
const current = () => here() ?? items()[0];

function step(by) {
  const all = items();
  const at = all.indexOf(here());
  all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

function pressed(event) {
  const { key, target, ctrlKey, altKey, metaKey } = event;
  const form = target.closest?.('form[data-saves]');
  if (key === 'Enter' && ctrlKey && form) return form.requestSubmit();
  if (ctrlKey || altKey || metaKey || target.matches('input, select, textarea') || kept('keys')?.single === false) return;
  if (STEPS[key]) return step(STEPS[key]);
  if (key === 'y') $('[data-still]', current() ?? document.createElement('p'))?.click();
  if (key === 'Enter' && target === here()) $('a', target).click();
}

listen(document, 'keydown', pressed);
const named = location.hash && document.getElementById(location.hash.slice(1));
(named || items()[0])?.focus({ preventScroll: !named });
