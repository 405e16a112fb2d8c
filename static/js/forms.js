// What is typed into a card's forms is kept with every pause, given back when the card opens, erased when saved.
import { $, $$, hear, listen, node, quiet, renew, tell } from './page.js';
import { drop, erase, keep, keepAgain, kept, keysOf } from './store.js';

const FORMS = '.card form[hx-post]';
const keyOf = (form) => `draft:${form.getAttribute('hx-post')}`;
const live = (key) => $$(FORMS).find((form) => keyOf(form) === key);
const fieldsOf = (form) => [...form.elements].filter(({ name, type }) => name && !/hidden|submit|file/.test(type));
const valuesOf = (form) => fieldsOf(form).map(({ name, value }) => [name, value]);
/** As the server gave it. */
const stored = (form) => fieldsOf(form).map(({ name, options, defaultValue }) =>
  [name, options ? ([...options].find((one) => one.defaultSelected) ?? options[0]).value : defaultValue]);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const typed = new Set(); // forms whose text could not be kept
const sent = new Map(); // by the key of a form: the values of its last request
const underWay = new WeakMap(); // by form: what its request says
const failed = new Map(); // why it is not saved, and whether it is sent again
let growing = null; // set when evidence was asked for by us, not by the person
let last = {}; // the form answered last: its key, whether all of it is saved
let was = null; // where the focus was before the swap
let away = null; // and before the form was sent by key
let saving = null;
let tries = 0;
let timer;

/** Whether the card holds words that are not saved. */
export const keepsDraft = (card) =>
  !!$('[data-typed]', card) || (card.contains(document.activeElement) && !!$('input:focus, textarea:focus', card));

/** `was` is what the words stand on: what was stored when they were typed, not what somebody has saved since. */
function remember(form) {
  if (!form.isConnected || !('typed' in form.dataset)) return;
  const values = valuesOf(form);
  if (same(values, stored(form)) && !('refused' in form.dataset)) forget(form);
  else {
    const { row, uuid } = form.elements;
    const a = form.closest('.card').dataset.annotation;
    const draft = { a, at: +form.dataset.typed, was: form.was ?? stored(form), values, row: row?.value, uuid: uuid?.value };
    typed[keep(keyOf(form), draft) ? 'delete' : 'add'](form);
  }
  tell('unsaved');
}

function forget(form) {
  typed.delete(form);
  delete form.dataset.typed;
  drop(keyOf(form));
  failed.delete(keyOf(form));
}

/** Whether what was typed into this form, or into the one in its place, is not saved yet. */
export const waits = (form) => ('typed' in form.dataset && form.isConnected) || !!kept(keyOf(form));

/** Before a card is replaced: the last words too. */
export const flush = (card) => $$('form', card).forEach(remember);

/** Keeps words for the note of an annotation whose card is not there. */
export function keepWords(a, words) {
  const key = `draft:/annotations/${a}/notes`;
  const { values = [], ...draft } = kept(key) ?? { a };
  const body = values.find(([name]) => name === 'body')?.[1];
  const others = values.filter(([name]) => name !== 'body');
  const ok = keep(key, { ...draft, at: Date.now(), values: [...others, ['body', body ? `${body}\n${words}` : words]] });
  tell('unsaved');
  return ok;
}

/** Gives an open card the words that were typed into it before. */
export function restore(card) {
  for (const form of $$('form[hx-post]', card)) {
    const draft = kept(keyOf(form));
    if (!draft?.values || 'typed' in form.dataset) continue;
    const { row, uuid } = form.elements;
    if (draft.row && !same(draft.was, stored(form))) {
      // The server answers with both versions. Party and denial stand on one row, and a note's save sends it along.
      const rows = form.matches('.note-form') ? [row] : $$('form[hx-post]:not(.note-form) [name=row]', card);
      for (const field of rows) field.value = draft.row;
      form.was = draft.was;
    }
    if (draft.uuid) uuid.value = draft.uuid;
    const missing = draft.values.some(([name]) => !form.elements[name]);
    for (const [name, value] of draft.values) {
      const field = form.elements[name];
      if (!field) continue;
      if (field.value !== value) unfold(field);
      field.value = value;
    }
    label(form, draft.at);
    unfold(form);
    if (!missing) form.dataset.typed = draft.at;
    else askForMore(form);
  }
  tell('unsaved');
}

function unfold(element) {
  for (let box = element; (box = box.parentElement.closest('details')); ) box.open = true;
}

function label(form, at) {
  $('.draft', form)?.remove();
  const line = node('<p class="hint draft"><button type="button" class="quiet" data-discard>Discard</button></p>');
  line.prepend(`Your unsaved text, ${new Date(at).toTimeString().slice(0, 5)} `);
  form.prepend(line);
}

function discard({ target }) {
  if (!target.matches('[data-discard]')) return;
  forget(target.form);
  if ($('#cards')) tell('reopen', target.closest('.card'));
  else location.reload();
}

/** The answer comes back here, with room for one more piece of evidence. */
function askForMore(form) {
  growing = $('[name=more]', form);
  growing?.click();
}

/** One save of a note writes the other forms of its card too. */
const included = (form) => {
  const others = form.getAttribute('hx-include')?.replaceAll('previous ', '');
  return others ? [form, ...$$(others, form.closest('.card'))] : [form];
};
const asksMore = ({ request }) => /^(more|less|detach)$/.test(request.submitter?.name);

/** While a note's form is fetched, nothing is typed into the one that it replaces. */
function lockNote(link, locked) {
  if (!link.matches?.('.note-acts [hx-get$="/edit"]')) return;
  for (const field of $$('.note-form :is(input, textarea, select, button)', link.closest('.card'))) field.disabled = locked;
}

/** The second click of a double click asks for what is being done already: dropped, or it would meet a conflict. */
function twice(form, { request }) {
  const says = JSON.stringify([...request.body]);
  if (underWay.get(form) === says) return true;
  underWay.set(form, says);
  return false;
}

function sending(event) {
  const { target, detail: { ctx } } = event;
  if (target.matches(FORMS) && twice(target, ctx)) return event.preventDefault();
  lockNote(target, true);
  if (!target.matches(FORMS)) return;
  const forms = asksMore(ctx) ? [] : included(target);
  for (const form of forms) sent.set(keyOf(form), valuesOf(form));
  ctx.keys = forms.map(keyOf);
  remember(target);
  saving = new Promise((done) => {
    ctx.done = done;
    setTimeout(done, 15000);
  });
}

/** Once the answer to a form that was sent is in the page. */
export const idle = () => saving;

function answered({ detail: { ctx } }) {
  const form = ctx.sourceElement;
  if (!ctx.target.isConnected) ctx.target = document.getElementById(ctx.target.id) ?? ctx.target; // an earlier answer replaced it
  if (!form.matches?.(FORMS)) return;
  const { status } = ctx.response;
  const again = status === 412 ? ctx.keys : status >= 400 || (form.matches('.note-form') && asksMore(ctx)) ? [keyOf(form)] : [];
  last = { key: keyOf(form), again, ok: status < 300 && !asksMore(ctx) };
  if (last.ok) for (const key of ctx.keys) saved(key);
  else if (status >= 400 && !asksMore(ctx)) fail(form, status < 402 ? 'Not saved: signed out' : 'Not saved', status < 402 || status >= 500);
}

function saved(key) {
  const form = live(key);
  const newer = form && 'typed' in form.dataset && !same(valuesOf(form), sent.get(key));
  failed.delete(key);
  tries = 0;
  if (!newer) {
    drop(key);
    if (form) forget(form);
    return;
  }
  const { uuid, row } = form.elements;
  (uuid ?? row).value = ''; // what was typed meanwhile is another note, or stands on what was just saved
  if (key === last.key) last.ok = false;
}

/** Not saved; what only lacked a connection or a session is sent again by itself. */
function fail(form, words, again) {
  failed.set(keyOf(form), { words, again });
  clearTimeout(timer);
  if (again) timer = setTimeout(resend, Math.min(30000, 2000 * 2 ** tries++));
  const card = form.closest('.card');
  if (away && document.activeElement === card) refocus(card, away);
  away = null;
  tell('unsaved');
}

async function resend() {
  await renew();
  for (const [key, { again }] of failed) {
    const form = again && live(key);
    if (form && same(valuesOf(form), sent.get(key))) form.requestSubmit();
  }
}

/** Sends a form by key: the keys pressed next are commands again, unless it fails. */
export function submit(form) {
  const card = form.closest('.card');
  away = focusIn(card);
  if (away) card.focus({ preventScroll: true });
  form.requestSubmit();
}

/** Where in a card the focus is, or null. */
export function focusIn(card) {
  const { activeElement: field } = document;
  if (!card?.contains(field)) return null;
  const { name, form, selectionStart: caret, dataset: { command } } = field;
  return { name, command, caret, key: form?.matches(FORMS) && keyOf(form) };
}

/** The focus stays where it was in a card that was replaced. */
export function refocus(card, { name, command, caret, key }) {
  const form = key && live(key);
  const field = (name || command) && $(name ? `[name="${name}"]` : `[data-command="${command}"]`, form || card);
  (field || card).focus({ preventScroll: true });
  if (field && caret != null) field.setSelectionRange(caret, caret);
}

function swapping() {
  const card = $('.card[data-open]');
  if (!card) return;
  flush(card);
  was = focusIn(card);
}

/** The focus goes where the server points; after a save to the card, so that keys work again. */
function swapped(card) {
  const { focus } = card.dataset;
  delete card.dataset.focus;
  const wrong = last.key && !last.ok && (!was?.key || was.key === last.key) && $('.errors', card);
  const wanted = focus === 'evidence' ? '.evidence-form:last-of-type input' : `[name="${focus}"]`;
  const grew = growing;
  growing = null;
  if (!grew) last.again?.forEach(goOn);
  restore(card);
  if (wrong && !grew) wrong.focus();
  else if (focus && !grew) $(wanted, card)?.focus();
  else if (was && (last.key || !card.contains(document.activeElement))) {
    if (last.ok && (!was.key || was.key === last.key)) card.focus({ preventScroll: true });
    else refocus(card, away ?? was);
  }
  was = away = null;
  last = {};
}

/** The same form again, with what was typed: refused, or with room for more. After a 412 it knows what is stored now. */
function goOn(key) {
  const form = kept(key) && live(key);
  if (!form) return;
  form.dataset.typed = Date.now();
  form.dataset.refused = '';
  remember(form);
}

/** Words that are nowhere but on this page. */
export const unkept = () => [...typed].some((form) => form.isConnected);

/** What is not saved, as a state and a sentence, or null. */
export function unsaved() {
  const ids = [...keysOf('draft:').map((key) => kept(key)?.a), ...$$('[data-typed]').map((form) => form.closest('.card').dataset.annotation)];
  const names = new Set(ids.map((a) => $(`.card[data-annotation="${a}"]`)?.ariaLabel).filter(Boolean));
  const text = names.size ? `Unsaved text in ${[...names].join(', ')}` : '';
  const [failure] = [...failed].flatMap(([key, { words }]) => (live(key) ? words : []));
  if (failure) return ['failed', [failure, text].filter(Boolean).join('. ')];
  return text && ['draft', text];
}

export function start() {
  const pause = quiet(remember, 250);
  listen(document, 'input', ({ target: { form } }) => {
    if (!form?.matches(FORMS)) return;
    form.dataset.typed = Date.now();
    if (!same(valuesOf(form), sent.get(keyOf(form)))) failed.delete(keyOf(form));
    tell('unsaved');
    pause(form);
  });
  listen(document, 'htmx:after:request', answered);
  listen(document, 'htmx:config:request', sending);
  listen(document, 'htmx:finally:request', ({ detail: { ctx } }) => {
    ctx.done?.();
    underWay.delete(ctx.sourceElement);
    if (ctx.sourceElement.isConnected) lockNote(ctx.sourceElement, false);
  });
  listen(document, 'htmx:error', ({ detail: { ctx } }) => ctx.keys?.length && fail(ctx.sourceElement, 'Not saved: no connection', true));
  listen(document, 'htmx:before:swap', swapping);
  listen(document, 'htmx:after:swap', () => $$('.card[data-open]').forEach(swapped));
  for (const type of ['online', 'focus']) listen(window, type, resend);
  listen(window, 'pagehide', () => $$('[data-typed]').forEach(remember));
  hear('opened', restore);
  listen(document, 'click', discard);
  listen(document, 'submit', leave);
  listen(window, 'pageshow', keepAgain);
}

/** Signing out erases what this browser keeps; marks still waiting would be lost, so that is asked first. */
function leave(event) {
  if (!event.target.action.endsWith('/sign-out')) return;
  const waiting = keysOf('queue:').length + keysOf('draft:').length;
  const question = `${waiting} not saved yet on this computer. Sign out and lose ${waiting > 1 ? 'them' : 'it'}?`;
  if (waiting && !confirm(question)) return event.preventDefault();
  erase();
  for (const form of $$('[data-typed]')) delete form.dataset.typed; // or leaving the page would keep it again
}
