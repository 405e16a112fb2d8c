// A mark and its card belong together: what is done to one shows on the other.
import { announce, notify } from '../announce.js';
import { flush, focusIn, idle, keepsDraft, refocus } from '../forms.js';
import { $, $$, at, hear, listen, node, send, tell } from '../page.js';
import { paint } from './paint.js';
import { selected } from './selection.js';
import { boxOf } from './places.js';
import { cursorSpan, reveal, sheet } from './wordcursor.js';

const text = $('#article-text');
const cards = $('#cards');
let active = null; // ordinals
let newest = null;
let coming = null; // what was just marked, by its uuid: keys mean it until another is chosen

export const cardOf = (ordinal) => document.getElementById(`a${ordinal}`);
export const activeCard = () => active && cardOf(active);
export const spanOf = ({ dataset: { start, end } }) => ({ start: +start, end: +end });
export const nameOf = (card) => card.ariaLabel;

/** The annotation that keys mean: the active one, else the one made last. */
export const inHand = () => cardFor(coming) ?? activeCard() ?? (newest && cardOf(newest));
const cardFor = (a) => a && $(`.card[data-annotation="${a}"]`, cards);
export const expect = (a) => (coming = a);
/** The uuid of what keys mean, also before its card is there. */
export const uuidInHand = () => coming ?? inHand()?.dataset.annotation;

/** Until the annotation just made has a card, or cannot get one now. */
const arrived = (a) => new Promise((done) => {
  const look = ({ type }) => {
    if (!cardFor(a) && type.endsWith('saved')) return;
    for (const name of ['saved', 'failed']) document.removeEventListener(`annotator:${name}`, look);
    done();
  };
  for (const name of ['saved', 'failed']) listen(document, `annotator:${name}`, look);
});

export const latest = (card) => {
  newest = card?.dataset.n;
  return card ? nameOf(card) : 'Mark';
};

/** The card in hand, open; nothing when it cannot be, which was said. */
export async function opened() {
  await idle();
  if (coming && !cardFor(coming)) await arrived(coming);
  const card = coming ? cardFor(coming) : inHand();
  if (!card) return coming ? null : notify(CHOOSE);
  await activate(card.dataset.n);
  return activeCard()?.hasAttribute('data-open') && activeCard();
}

export const CHOOSE = 'Choose an annotation first: J, or a click on its mark.';

/** Makes an annotation the one in hand: card open, marks painted; null lets go of it. */
export async function activate(ordinal, { scroll, enter } = {}) {
  const card = ordinal && cardOf(ordinal);
  if (`${ordinal}` !== `${active}`) $$('.card.active').forEach((other) => other.classList.remove('active'));
  active = card ? ordinal : null;
  coming = null;
  card?.classList.add('active');
  paint('active', card ? spanOf(card) : null);
  tell('activate', { ordinal: active });
  if (!card) return close();
  if (scroll) reveal(boxOf(spanOf(card)));
  await open(card);
  const now = activeCard();
  if (`${active}` !== `${ordinal}` || !now) return; // chosen again or deleted meanwhile
  // Once more: meanwhile a sheet may have come over it, or the browser has gone to the card itself.
  if (scroll || sheet()) reveal(boxOf(spanOf(now)));
  if (enter) now.focus();
}

let asking = new AbortController();
let opening = {};

/** Fetches the open card, once; the one that was open closes. */
async function open(card) {
  const { n } = card.dataset;
  if (opening.n === n) return opening.done;
  asking.abort();
  opening = {};
  if (card.hasAttribute('data-open')) return close(card);
  close(card);
  asking = new AbortController();
  const mine = (opening = { n, done: swap(card, '', asking.signal) });
  await mine.done;
  if (opening === mine) opening = {};
}

const close = (but) =>
  $$('.card[data-open]').forEach((card) => card !== but && card.dataset.n !== `${active}` && swap(card, '/closed'));

/** Deleted by somebody else: what was typed stays in sight until the next card is opened. */
function gone(card) {
  flush(card);
  if (card.dataset.n === `${active}`) active = null;
  notify(`${nameOf(card)} was deleted by somebody else.`);
  const stays = keepsDraft(card) && !('gone' in card.dataset);
  card.dataset.gone = '';
  if (stays) return;
  card.closest('li').remove();
  tell('changed', {});
}

/** Puts another form of the card in its place. */
async function swap(card, form, signal) {
  if ('gone' in card.dataset) return gone(card);
  let item;
  let why = 'no connection';
  try {
    const answer = await send(at(`/annotations/${card.dataset.annotation}${form}`), null, signal);
    if (answer.status === 404 && card.isConnected) return gone(card);
    if (answer.ok) item = node(await answer.text());
    else why = answer.status === 401 ? 'you are signed out' : 'the server could not answer';
  } catch {
    item = null;
  }
  if (signal?.aborted || !card.isConnected || (form && card.dataset.n === `${active}`)) return; // chosen again meanwhile
  if (item) exchange(card, item);
  else if (!form || !active) notify(`${nameOf(card)} could not be ${form ? 'closed' : 'opened'}: ${why}. Try again.`);
}

function exchange(card, item) {
  flush(card);
  const place = focusIn(card);
  card.closest('li').replaceWith(item);
  settle(item.firstElementChild);
  if (place) refocus(item.firstElementChild, place);
}

function settle(card) {
  htmx.process(card.parentNode);
  card.classList.toggle('active', card.dataset.n === `${active}`);
  if (card.hasAttribute('data-open')) tell('opened', card);
  tell('changed', {});
}

export const reopen = (card) => swap(card, '');

/** The next or previous annotation in the text, as the filters leave them. */
export function step(forward) {
  const list = $$(':scope > li:not([hidden], .gone) > article', cards);
  const here = list.indexOf(activeCard());
  const from = cursorSpan()?.start ?? 0;
  const card = here >= 0 ? list[here + (forward ? 1 : -1)]
    : forward ? list.find(({ dataset }) => +dataset.start >= from)
    : list.findLast(({ dataset }) => +dataset.start < from);
  if (!card) return announce(forward ? 'Last annotation' : 'First annotation');
  text.focus({ preventScroll: true });
  activate(card.dataset.n, { scroll: true });
  announce(`${nameOf(card)}. ${$('.card-words', card)?.textContent ?? ''}`);
}

/** A click on a mark: the only annotation there, or the list of all of them. */
function pick(mark) {
  const ordinals = mark.dataset.a.split(' ');
  if (ordinals.length === 1) return activate(ordinals[0]);
  const list = $('#stack-list');
  list.replaceChildren(...ordinals.map(cardOf).filter(Boolean).map(choice));
  $('#stack').showModal();
}

function choice(card) {
  const { n, kind } = card.dataset;
  const item = node(`<li><button class="choice ${kind}" data-choose="${n}"></button></li>`);
  for (const part of $$('.card-kind, .card-verdict, .card-words', card)) {
    const piece = node(`<span class="${part.className}"></span>`);
    piece.textContent = part.textContent.trim();
    item.firstChild.append(piece, ' ');
  }
  return item;
}

/** What lies under the cursor: Enter goes into its card. */
export function enter() {
  if (active) return activate(active, { enter: true });
  const at = cursorSpan()?.start;
  const under = $$('article', cards).filter(({ dataset: { start, end } }) => +start <= at && at < +end);
  if (under.length) pick({ dataset: { a: under.map((card) => card.dataset.n).join(' ') } });
}

let clicks;

/** A double click selects a word: the list of a stack must not come in between. */
function clicked(event) {
  const mark = event.target.closest('[data-a]');
  if (!mark || selected()) return;
  if (mark.matches('a')) event.preventDefault();
  clearTimeout(clicks);
  const wait = mark.dataset.a.includes(' ') ? 250 : 0;
  if (event.detail < 2) clicks = setTimeout(() => selected() || pick(mark), wait);
}

function hover(event) {
  const { a, n } = event.target.closest?.('[data-a], .card')?.dataset ?? {};
  const ordinal = a?.split(' ')[0] ?? n;
  const card = ordinal && cardOf(ordinal);
  const old = $('.card.hover');
  if (old === (card ?? null)) return;
  old?.classList.remove('hover');
  card?.classList.add('hover');
  paint('hover', card ? spanOf(card) : null);
  tell('hover', { ordinal: card ? ordinal : null });
}

export function start() {
  listen(text, 'click', clicked);
  listen(document, 'pointerover', hover);
  listen(cards, 'click', (event) => {
    const card = event.target.closest('.card');
    const { goto } = event.target.dataset;
    if (goto || event.target.closest('a.card-head')) event.preventDefault();
    if (goto) return activate(goto, { scroll: true });
    if (event.target.closest('[data-command]')) return;
    if (card && (card.dataset.n !== `${active}` || !card.hasAttribute('data-open'))) activate(card.dataset.n, { scroll: true });
  });
  listen($('#stack'), 'click', ({ target }) => {
    const chosen = target.closest('[data-choose]');
    if (!chosen) return;
    $('#stack').close();
    activate(chosen.dataset.choose, { enter: true });
  });
  listen(cards, 'focusin', () => (coming = null));
  hear('reopen', reopen);
  listen(document, 'htmx:after:swap', () => tell('changed', {}));
  hear('changed', () => {
    activeCard()?.classList.add('active');
    if (active) paint('active', activeCard() && spanOf(activeCard()));
  });
}
