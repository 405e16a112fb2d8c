// The pages about a draft: Ctrl+Enter adds it, what is typed is kept until it is added; J and K go through what a draft
// has touched, y says that it still stands, u takes back what was done last, U does it again.
import { notify } from './announce.js';
import { $, $$, listen, node, quiet } from './page.js';
import { drop, keep, kept } from './store.js';

const STEPS = { j: 1, J: 1, k: -1, K: -1 };
const PRESSES = { y: stands, u: () => $('[data-undo]')?.click(), U: () => $('[data-redo]')?.click() };

const items = () => $$('.touched-list > .open');
const here = () => document.activeElement?.closest('.touched-list > [data-why-not]');
let underWay = false; // a form is: what is pressed now was not meant for the page that follows

/** The item in hand, else the first that waits for somebody. */
const current = () => here() ?? items()[0];

function step(by) {
  const all = items();
  const at = all.indexOf(here());
  all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

function stands() {
  const item = current();
  const button = item && $('[data-still]', item);
  if (button) button.click();
  else if ($('#touched')) notify(item?.dataset.whyNot ?? 'Nothing is left to look at.');
}

function pressed(event) {
  const { key, target, ctrlKey, altKey, metaKey, repeat } = event;
  const form = target.closest?.('form[data-saves]');
  if (key === 'Enter' && ctrlKey && form) return form.requestSubmit($('.primary', form));
  if (ctrlKey || altKey || metaKey || target.matches('input, select, textarea') || kept('keys')?.single === false) return;
  if (STEPS[key]) return step(STEPS[key]);
  if (key === 'Escape') underWay = false; // it stops the loading
  if (!underWay && !repeat) PRESSES[key]?.();
  if (key === 'Enter' && target === here()) $('a', target).click();
}

// What is typed into a form is kept by its address. What was sent is dropped once the page that follows says that it
// was added; a form that came back from the server (`data-answer`) holds all that was sent, and perhaps more.

const article = /^.*\/articles\/\d+\//.exec(location.pathname)?.[0];
const keyOf = (form) => `draft:${form.getAttribute('action')}`;
const fields = (form) => [...form.elements].filter(({ name, type }) => name && /text|textarea/.test(type));

function remember(form) {
  const sent = 'sent' in form.dataset;
  const values = fields(form).map(({ name, value }) => [name, value]);
  const own = 'answer' in form.dataset || fields(form).some((one) => one.value !== one.defaultValue);
  if (own) keep(keyOf(form), { at: Date.now(), values, sent });
  else drop(keyOf(form));
}

function restore(form) {
  const draft = kept(keyOf(form));
  if ('answer' in form.dataset) return remember(form);
  if (!draft) return;
  const other = draft.values.filter(([name, value]) => form.elements[name] && form.elements[name].value !== value);
  if (!other.length) return;
  for (const [name, value] of other) form.elements[name].value = value;
  const line = node('<p class="hint draft"><button type="button" class="quiet">Discard</button></p>');
  line.prepend(`Your unsaved text, ${new Date(draft.at).toTimeString().slice(0, 5)} `);
  listen($('button', line), 'click', () => {
    drop(keyOf(form));
    form.reset();
    line.remove();
  });
  form.prepend(line);
}

for (const form of $$('form[data-saves]')) {
  restore(form);
  const pause = quiet(() => remember(form), 300);
  listen(form, 'input', () => (delete form.dataset.sent, pause()));
  listen(form, 'submit', () => (form.dataset.sent = ''));
  listen(window, 'pagehide', () => remember(form));
}
if (/\/changed$/.test(location.pathname)) {
  const keys = ['new', 'edit'].map((way) => `draft:${article}versions/${way}`);
  keys.filter((key) => kept(key)?.sent).forEach(drop);
}

listen(document, 'keydown', pressed);
listen(document, 'submit', (event) => (underWay ||= !event.defaultPrevented));
listen(window, 'pageshow', () => (underWay = false));
const refused = $('.touched-list [aria-invalid]') ?? $('.touched-list > :has(> .refusal)');
const named = refused ?? (location.hash && document.getElementById(location.hash.slice(1)));
(named || items()[0])?.focus({ preventScroll: !named });
