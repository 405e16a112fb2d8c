// What is typed into a card's forms is kept with every pause, given back when the card opens, erased when saved.
import { $, $$, hear, listen, quiet } from './page.js';
import { drop, erase, keep, kept, keysOf } from './store.js';

const NOTES = '.card form[hx-post]';
const draftKey = (form) => `draft:${form.getAttribute('hx-post')}`;
const typed = new Set(); // forms whose text could not be kept
let growing = false; // a piece of evidence was asked for by us, not by the person
let done = false; // a form was saved and its card is about to be swapped

/** Whether the card holds words that are not saved. */
export const keepsDraft = (card) =>
  !!$('[data-typed]', card) || (card.contains(document.activeElement) && document.activeElement.matches('input, textarea'));

function remember(form) {
  if (!form.isConnected || !('typed' in form.dataset)) return;
  const values = [...form.elements].filter((field) => field.name && field.type !== 'hidden' && field.type !== 'submit');
  const ok = keep(draftKey(form), values.map((field) => [field.name, field.checked ?? false, field.value]));
  typed[ok ? 'delete' : 'add'](form);
}

/** Before a card is replaced: the last words too. */
export const flush = (card) => $$('form', card).forEach(remember);

/** Gives an open card the words that were typed into it before. */
export function restore(card) {
  for (const form of $$('form[hx-post]', card)) {
    const values = kept(draftKey(form));
    if (!values || 'typed' in form.dataset) continue;
    const missing = values.some(([name]) => !form.elements[name]);
    for (const [name, checked, value] of values) if (form.elements[name]) fill(form, name, checked, value);
    if (missing) growing = !$('[name=more]', form)?.click(); // comes back here with one more piece of evidence
    else form.dataset.typed = '';
  }
}

function fill(form, name, checked, value) {
  const field = form.elements[name];
  if (/checkbox|radio/.test(field.type)) field.checked = checked;
  else field.value = value;
}

function saved({ detail: { ctx } }) {
  const form = ctx.sourceElement;
  if (!ctx.target.isConnected) ctx.target = document.getElementById(ctx.target.id) ?? ctx.target; // an earlier answer replaced it
  if (form.matches?.(NOTES) && ctx.response.status < 300 && ctx.request.submitter?.name !== 'more') {
    typed.delete(form);
    delete form.dataset.typed;
    drop(draftKey(form));
    done = true;
  }
}

/** The focus goes where the server points; after a save to the card, so that keys work again. */
function swapped(card) {
  const { focus } = card.dataset;
  delete card.dataset.focus;
  if (growing) growing = false;
  else if (focus) (focus === 'body' ? $('[name=body]', card) : $$('.evidence-form', card).at(-1)?.querySelector('input'))?.focus();
  else if (done) card.focus({ preventScroll: true });
  done = false;
  restore(card);
}

/** Words that are nowhere but on this page. */
export const unkept = () => [...typed].some((form) => form.isConnected);

export function start() {
  const pause = quiet(remember, 250);
  listen(document, 'input', ({ target: { form } }) => {
    if (!form?.matches(NOTES)) return;
    form.dataset.typed = '';
    pause(form);
  });
  listen(document, 'htmx:after:request', saved);
  listen(document, 'htmx:config:request', ({ detail: { ctx } }) => ctx.sourceElement.matches(NOTES) && remember(ctx.sourceElement));
  listen(document, 'htmx:after:swap', () => $$('.card[data-open]').forEach(swapped));
  hear('opened', restore);
  listen(document, 'submit', leave);
}

/** Signing out erases what this browser keeps; marks still waiting would be lost, so that is asked first. */
function leave(event) {
  if (!event.target.action.endsWith('/sign-out')) return;
  const waiting = keysOf('queue:').length + keysOf('draft:').length;
  const question = `${waiting} not saved yet on this computer. Sign out and lose ${waiting > 1 ? 'them' : 'it'}?`;
  if (waiting && !confirm(question)) event.preventDefault();
  else erase();
}
