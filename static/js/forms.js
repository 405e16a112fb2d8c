// What is typed into a card's forms is kept with every pause, given back when the card opens, erased when saved.
import { $, $$, hear, listen, quiet } from './page.js';
import { drop, erase, keep, kept, keysOf } from './store.js';

const NOTES = '.card form[hx-post]';
const draftKey = (form) => `draft:${form.getAttribute('hx-post')}`;
const typed = new Set(); // forms whose text could not be kept
let growing = null; // set when evidence was asked for by us, not by the person
let done = false; // a form was saved and its card is about to be swapped

/** Whether the card holds words that are not saved. */
export const keepsDraft = (card) =>
  !!$('[data-typed]', card) || (card.contains(document.activeElement) && !!$('input:focus, textarea:focus', card));

function remember(form) {
  if (!form.isConnected || !('typed' in form.dataset)) return;
  const fields = [...form.elements].filter(({ name, type }) => name && !/hidden|submit/.test(type));
  const ok = keep(draftKey(form), fields.map(({ name, value }) => [name, value]));
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
    for (const [name, value] of values) if (form.elements[name]) form.elements[name].value = value;
    if (!missing) form.dataset.typed = '';
    else askForMore(form);
  }
}

/** The answer comes back here, with room for one more piece of evidence. */
function askForMore(form) {
  growing = $('[name=more]', form);
  growing?.click();
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
  const wanted = focus === 'body' ? '[name=body]' : '.evidence-form:last-of-type input';
  if (growing) growing = null;
  else if (focus) $(wanted, card)?.focus();
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
  listen(document, 'htmx:config:request', ({ target }) => target.matches(NOTES) && remember(target));
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
