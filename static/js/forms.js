// What is typed into a card's forms is kept with every pause, given back when the card opens, erased when saved.
import { $, $$, hear, listen, quiet } from './page.js';
import { drop, erase, keep, kept, keysOf } from './store.js';

const address = (form) => form.getAttribute('hx-post') ?? form.getAttribute('action');
const draftKey = (form) => `draft:${address(form)}`;
const typed = new Set(); // forms whose text could not be kept

/** Whether the card holds words that are not saved. */
export const keepsDraft = (card) =>
  !!$('form[data-typed]', card) || (card.contains(document.activeElement) && document.activeElement.matches('input, textarea'));

function remember(form) {
  if (!form.isConnected || !('typed' in form.dataset)) return;
  const values = [...form.elements].filter((field) => field.name && field.type !== 'hidden' && field.type !== 'submit');
  const ok = keep(draftKey(form), values.map((field) => [field.name, field.checked ?? false, field.value]));
  typed[ok ? 'delete' : 'add'](form);
}

/** Gives an open card the words that were typed into it before. */
export function restore(card) {
  for (const form of $$('form', card)) {
    const values = kept(draftKey(form));
    if (!values || 'typed' in form.dataset) continue;
    const missing = values.some(([name]) => !form.elements[name]);
    for (const [name, checked, value] of values) if (form.elements[name]) fill(form, name, checked, value);
    form.dataset.typed = '';
    if (missing) $('[name=more]', form)?.click(); // comes back here with one more piece of evidence
  }
}

function fill(form, name, checked, value) {
  const field = form.elements[name];
  if (/checkbox|radio/.test(field.type)) field.checked = checked;
  else field.value = value;
}

function saved({ detail: { ctx } }) {
  const form = ctx.sourceElement;
  if (form.matches?.('.card form') && ctx.response.status < 300 && ctx.request.submitter?.name !== 'more') {
    typed.delete(form);
    delete form.dataset.typed;
    drop(draftKey(form));
  }
}

/** Words that are nowhere but on this page. */
export const unkept = () => [...typed].some((form) => form.isConnected);

export function start() {
  const pause = quiet(remember, 250);
  listen(document, 'input', ({ target: { form } }) => {
    if (!form?.closest('.card')) return;
    form.dataset.typed = '';
    pause(form);
  });
  listen(document, 'htmx:after:request', saved);
  listen(document, 'htmx:config:request', ({ detail: { ctx } }) => ctx.sourceElement.matches('.card form') && remember(ctx.sourceElement));
  listen(document, 'htmx:after:swap', () => $$('.card[data-open]').forEach(restore));
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
