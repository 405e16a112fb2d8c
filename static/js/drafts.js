// The pages about a draft: Ctrl+Enter adds it, what is typed is kept until it is added; J and K go through what a draft
// has touched, y says that it still stands, u takes back what was done last, U does it again.
import { notify } from './announce.js';
import { refuse } from './htmx-setup.js';
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

// What is typed into a form is kept by its address. What was sent is dropped once a later version is there; a form that
// came back from the server (`data-answer`) holds all that was sent, and perhaps more. Corrections that a link has put
// into the stored text are put into what is kept instead, by the button that it leaves for that.

const OFFLINE = 'No connection. What you typed is kept here; add it when the connection is back.';
const article = /^.*\/articles\/\d+\//.exec(location.pathname)?.[0];
const keyOf = (form) => `draft:${form.getAttribute('action')}`;
const fields = (form) => [...form.elements].filter(({ name, type }) => name && /text|textarea/.test(type));

function remember(form) {
  const sent = 'sent' in form.dataset;
  const values = fields(form).map(({ name, value }) => [name, value]);
  const own = 'answer' in form.dataset || fields(form).some((one) => one.value !== one.defaultValue);
  if (own) keep(keyOf(form), { at: Date.now(), values, sent, base: +form.elements.base.value });
  else drop(keyOf(form));
}

function restore(form) {
  const draft = kept(keyOf(form));
  const again = $('[data-again]', form);
  if (again && !draft) form.dataset.answer = '';
  if ('answer' in form.dataset) return remember(form);
  if (!draft) return;
  const other = draft.values.filter(([name, value]) => form.elements[name] && form.elements[name].value !== value);
  if (!other.length) return;
  for (const [name, value] of other) form.elements[name].value = value;
  if (again) return form.requestSubmit(again);
  const line = node('<p class="hint draft"><button type="button" class="quiet">Discard</button></p>');
  line.prepend(`Your unsaved text, ${new Date(draft.at).toTimeString().slice(0, 5)} `);
  listen($('button', line), 'click', () => {
    drop(keyOf(form));
    form.reset();
    line.remove();
  });
  form.prepend(line);
}

function sending(event) {
  const form = event.target;
  if (navigator.onLine) {
    if (!event.submitter?.name) form.dataset.sent = '';
    return;
  }
  event.preventDefault();
  refuse(form, OFFLINE);
  $('.refusal', form).scrollIntoView({ block: 'nearest' });
}

for (const form of $$('form[data-saves]')) {
  restore(form);
  const pause = quiet(() => remember(form), 300);
  listen(form, 'input', () => (delete form.dataset.sent, pause()));
  listen(form, 'submit', sending);
  listen(document, 'submit', () => remember(form), true); // before signing out asks what would be lost
  listen(window, 'pagehide', () => remember(form));
  listen(window, 'online', () => $('.refusal', form)?.remove());
}
const number = +/(\d+)\/changed$/.exec(location.pathname)?.[1];
for (const way of number ? ['new', 'edit'] : []) {
  const key = `draft:${article}versions/${way}`;
  const { sent, base } = kept(key) ?? {};
  if (sent && !(base >= number)) drop(key);
}

listen(document, 'keydown', pressed);
listen(document, 'submit', (event) => (underWay ||= !event.defaultPrevented));
listen(window, 'pageshow', () => (underWay = false));
const refused = $('.touched-list [aria-invalid]') ?? $('.touched-list > :has(> .refusal)');
const named = refused ?? (location.hash && document.getElementById(location.hash.slice(1)));
(named || items()[0])?.focus({ preventScroll: !named });
