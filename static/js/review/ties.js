// Ties between annotations: chosen by key, and shown while one of them is pointed at or has the focus.
import { announce, notify } from '../announce.js';
import { $, $$, at, framed, hear, listen, node, nodes, send } from '../page.js';
import { CHOOSE, activeCard, cardOf, nameOf, opened, spanOf, uuidInHand } from './focus.js';
import { paint } from './paint.js';
import { boxOf, linesOf } from './places.js';
import { reveal } from './wordcursor.js';

const text = $('#article-text');
const dialog = $('#tie');
const form = () => $('form', dialog);
const list = () => $('[role=listbox]', dialog);
const options = () => $$('[role=option]:not([hidden])', dialog);
const chosen = () => $('[aria-selected=true]', dialog);
let from = null; // where the focus was
let hasty = false; // Enter was pressed before there was anything to choose

/** What the annotation in hand may be tied to, the likeliest chosen. */
export async function pick() {
  const a = uuidInHand();
  if (!a) return notify(CHOOSE);
  if (!dialog.open) from = document.activeElement;
  hasty = false;
  dialog.replaceChildren('…');
  dialog.show();
  dialog.focus();
  const card = await opened();
  const html = card && await offers(a);
  if (!dialog.open) return;
  if (!html) return leave();
  dialog.replaceChildren(...nodes(html).childNodes);
  htmx.process(dialog);
  if (list()) {
    listen($('select', dialog), 'change', fit);
    listen(list(), 'click', ({ target }) => target.closest('li') && choose(target.closest('li'), true));
    fit();
  }
  (list() ?? dialog).focus();
  if (hasty) tie();
}

async function offers(a) {
  try {
    const answer = await send(at(`/annotations/${a}/offers`));
    if (answer.ok) return await answer.text();
  } catch {
    notify('The list could not be fetched: no connection. Try again.');
  }
  return '';
}

/** Only what the type may lead to can be chosen. */
function fit() {
  const kinds = $('select', dialog).selectedOptions[0].dataset.kinds.split(' ');
  for (const option of $$('[role=option]', dialog)) option.hidden = !kinds.includes(option.dataset.kind);
  if (!chosen() || chosen().hidden) choose(options()[0]);
}

function choose(option, show) {
  chosen()?.removeAttribute('aria-selected');
  form().elements.to.value = option?.dataset.uuid ?? '';
  list().setAttribute('aria-activedescendant', option?.id ?? '');
  if (!option) return;
  option.setAttribute('aria-selected', 'true');
  option.scrollIntoView({ block: 'nearest' });
  const { n } = option.dataset;
  point(form().dataset.n, [n]);
  const card = show && cardOf(n); // deleted by somebody else, perhaps
  if (card) reveal(boxOf(spanOf(card)));
}

const beside = (list, here, step) => list[Math.max(0, Math.min(list.length - 1, list.indexOf(here) + step))];

/** The next annotation in the text, whether the list had it or not. */
function along(step) {
  const cards = $$('#cards > li:not(.gone) > .card').filter((card) => card.dataset.n !== form().dataset.n && fits(card));
  const here = chosen() && cardOf(chosen().dataset.n);
  const card = beside(cards, here, step);
  if (card) choose(optionOf(card), true);
}

const fits = ({ dataset: { kind } }) => $('select', dialog).selectedOptions[0].dataset.kinds.split(' ').includes(kind);

function optionOf(card) {
  const { n, kind, annotation } = card.dataset;
  const known = $(`#pick-${n}`, dialog);
  if (known) return known;
  const item = node(`<li role="option" id="pick-${n}" data-uuid="${annotation}" data-n="${n}" data-kind="${kind}"></li>`);
  const words = node('<span class="hint" dir="auto"></span>');
  words.textContent = $('.card-words', card)?.textContent ?? '';
  item.append(nameOf(card), ' ', words);
  list().append(item);
  return item;
}

function retype(step) {
  const select = $('select', dialog);
  const next = select.selectedIndex + step;
  if (next < 0 || next >= select.options.length) return;
  select.selectedIndex = next;
  fit();
  announce(select.selectedOptions[0].text);
}

function tie() {
  if (!form()) hasty = true;
  else if (chosen()) form().requestSubmit();
  else notify('There is nothing to tie it to. Mark that first.');
}

export function leave() {
  dialog.close();
  point(null);
  const place = from?.isConnected && from !== document.body ? from : activeCard();
  (place ?? text).focus({ preventScroll: true });
}

const KEYS = {
  Enter: tie,
  Escape: leave,
  ArrowDown: () => choose(beside(options(), chosen(), 1), true),
  ArrowUp: () => choose(beside(options(), chosen(), -1), true),
  ArrowRight: () => retype(1),
  ArrowLeft: () => retype(-1),
  J: () => along(1),
  K: () => along(-1),
};

/** What a control of the list's own leaves to us. */
const OWN = { select: /Enter|Escape/, button: /Escape/ };

function pressed(event) {
  const act = KEYS[event.key];
  if (!act || event.isComposing || (event.target.matches('select, button') && !OWN[event.target.localName].test(event.key))) return;
  event.preventDefault();
  event.stopPropagation();
  if (list() || /Enter|Escape/.test(event.key)) act();
}

/** While something is to be chosen, a click on a mark chooses it; on a stack of them the next one with each click. */
function clicked(event) {
  const mark = dialog.open && list() && event.target.closest('[data-a]');
  if (!mark) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const cards = mark.dataset.a.split(' ').filter((n) => n !== form().dataset.n).map(cardOf).filter((card) => card && fits(card));
  if (!cards.length) return announce('This cannot be chosen here.');
  const here = cards.indexOf(chosen() && cardOf(chosen().dataset.n));
  choose(optionOf(cards[(here + 1) % cards.length]));
}

function answered({ detail: { ctx } }) {
  if (ctx.sourceElement !== form()) return;
  const { status } = ctx.response;
  if (status >= 400 && status !== 409 && status !== 422) return; // said at the form itself
  const refusal = status >= 400 && $('.error, .refusal', nodes(ctx.text));
  leave();
  if (refusal) notify(refusal.textContent);
}

// Lines in the margin between an annotation and what it is tied to.

const lines = node('<svg id="ties" aria-hidden="true"><path /></svg>');
let pointed = [null, []];

/** Shows these annotations as tied to `n`; nothing when there is none. */
function point(n, others = []) {
  for (const old of pointed[1]) paint('tied', null, old);
  pointed = [n, n ? others.filter(cardOf) : []];
  for (const other of pointed[1]) paint('tied', spanOf(cardOf(other)), other);
  draw();
}

const draw = framed(() => {
  const [n, others] = pointed;
  const ends = others.map((other) => [n, other].map(endOf)).filter(([one, other]) => one && other);
  lines.firstElementChild.setAttribute('d', ends.map(curve).join(' '));
});

/** Beside the first line of an annotation, in the page. */
function endOf(n) {
  const card = cardOf(n);
  const [line] = card ? linesOf(spanOf(card)) : [];
  return line && { x: text.getBoundingClientRect().left + scrollX - 4, y: (line.top + line.bottom) / 2 + scrollY };
}

function curve([one, other]) {
  const out = one.x - Math.min(one.x - 2, 12 + Math.abs(other.y - one.y) / 8, 40);
  return `M${one.x + 4} ${one.y}H${one.x}C${out} ${one.y} ${out} ${other.y} ${one.x} ${other.y}H${one.x + 4}`;
}

const tiesOf = (n) => (n && cardOf(n)?.dataset.ties?.split(' ').filter(Boolean)) || [];

let hovered = null;
let focused = null;

function show() {
  if (dialog.open) return;
  const n = tiesOf(hovered).length ? hovered : focused;
  point(n, tiesOf(n));
}

export function start() {
  document.body.append(lines);
  listen(dialog, 'keydown', pressed);
  listen(text, 'click', clicked, true);
  listen(text, 'mousedown', (event) => dialog.open && event.preventDefault());
  listen(document, 'htmx:after:request', answered);
  hear('hover', ({ ordinal }) => show(hovered = ordinal));
  hear('activate', ({ ordinal }) => show(focused = ordinal));
  listen($('#cards'), 'focusin', ({ target }) => show(focused = target.closest('.card')?.dataset.n));
  hear('changed', show);
  new ResizeObserver(draw).observe(text);
}
