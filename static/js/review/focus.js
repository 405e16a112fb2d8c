// A mark and its card belong together: what is done to one shows on the other.
import { announce } from '../announce.js';
import { flush } from '../forms.js';
import { $, $$, at, hear, listen, node, send, tell } from '../page.js';
import { paint } from './paint.js';
import { selected } from './selection.js';
import { boxOf } from './places.js';
import { cursorSpan, reveal, sheet } from './wordcursor.js';

const text = $('#article-text');
const cards = $('#cards');
let active = null; // ordinals
let newest = null;

export const cardOf = (ordinal) => document.getElementById(`a${ordinal}`);
export const activeCard = () => active && cardOf(active);
export const spanOf = ({ dataset: { start, end } }) => ({ start: +start, end: +end });
export const nameOf = (card) => card.ariaLabel;

/** The annotation that keys mean: the active one, else the one made last. */
export const inHand = () => activeCard() ?? (newest && cardOf(newest));
export const latest = (card) => {
  newest = card?.dataset.n;
  return card ? nameOf(card) : 'Mark';
};

/** The card in hand, open. */
export async function opened() {
  const card = inHand();
  if (!card) return announce('Choose an annotation first: J, or a click on its mark.');
  await activate(card.dataset.n);
  return activeCard()?.hasAttribute('data-open') && activeCard();
}

/** Makes an annotation the one in hand: card open, marks painted; null lets go of it. */
export async function activate(ordinal, { scroll, enter } = {}) {
  const card = ordinal && cardOf(ordinal);
  if (`${ordinal}` !== `${active}`) $$('.card.active').forEach((other) => other.classList.remove('active'));
  active = card ? ordinal : null;
  card?.classList.add('active');
  paint('active', card ? spanOf(card) : null);
  tell('activate', { ordinal: active });
  if (!card) return close();
  if (scroll) reveal(boxOf(spanOf(card)));
  await open(card);
  if (`${active}` !== `${ordinal}`) return;
  if (sheet()) reveal(boxOf(spanOf(activeCard())));
  if (enter) activeCard().focus();
}

let asking = new AbortController();

/** Fetches the open card; the one that was open closes. */
async function open(card) {
  asking.abort();
  asking = new AbortController();
  if (card.hasAttribute('data-open')) return;
  close(card);
  await swap(card, '', asking.signal);
}

const close = (but) =>
  $$('.card[data-open]').forEach((card) => card !== but && card.dataset.n !== `${active}` && swap(card, '/closed'));

/** Puts another form of the card in its place. */
async function swap(card, form, signal) {
  try {
    const answer = await send(at(`/annotations/${card.dataset.annotation}${form}`), null, signal);
    if (!answer.ok || signal?.aborted) return;
    const item = node(await answer.text());
    if (!item || !card.isConnected) return;
    flush(card);
    const focused = card.contains(document.activeElement) && document.activeElement;
    card.closest('li').replaceWith(item);
    settle(item.firstElementChild);
    if (focused) refocus(item.firstElementChild, focused);
  } catch (error) {
    if (error.name !== 'AbortError') announce('The card could not be opened: no connection.');
  }
}

/** The focus stays where it was in the card that was replaced. */
function refocus(card, { name, dataset: { command }, selectionStart: caret }) {
  const field = (name || command) && $(name ? `[name="${name}"]` : `[data-command="${command}"]`, card);
  (field || card).focus({ preventScroll: true });
  if (field && caret != null) field.setSelectionRange(caret, caret);
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
    if (card && card.dataset.n !== `${active}`) activate(card.dataset.n, { scroll: true });
  });
  listen($('#stack'), 'click', ({ target }) => {
    const chosen = target.closest('[data-choose]');
    if (!chosen) return;
    $('#stack').close();
    activate(chosen.dataset.choose, { enter: true });
  });
  hear('reopen', reopen);
  listen(document, 'htmx:after:swap', () => tell('changed', {}));
  hear('changed', () => {
    activeCard()?.classList.add('active');
    if (active) paint('active', activeCard() && spanOf(activeCard()));
  });
}
