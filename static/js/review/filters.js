// Which cards are shown; the marks of the others are dimmed, never hidden: the text stays whole.
import { notify } from '../announce.js';
import { $, $$, hear, listen, node, tell } from '../page.js';

const form = $('.filters');
const wanted = () => [...new FormData(form)].filter(([, value]) => value);

/** Whether a card is what every filter asks for; one may name several values. */
const fits = ({ dataset }, filters) => filters.every(([name, values]) => values.split(' ').includes(dataset[name]));

/** A segment shows the lines of the kinds that are shown, and none when none is. */
function dim(mark, shown) {
  const kinds = mark.dataset.a.split(' ').flatMap((ordinal) => shown.get(ordinal) ?? []);
  if (!mark.matches('mark')) return mark.classList.toggle('dim', !kinds.length);
  mark.dataset.kinds ??= mark.className.replace(/ ?dim/, '');
  const lines = mark.dataset.kinds.split(' ').filter((kind) => kinds.includes(kind));
  mark.className = lines.join(' ') || 'dim';
}

function filter() {
  const filters = wanted();
  const shown = new Map();
  const cards = $$('#cards > li');
  for (const item of cards) {
    const card = item.firstElementChild;
    item.hidden = !fits(card, filters);
    if (!item.hidden) shown.set(card.dataset.n, card.dataset.kind);
  }
  for (const mark of $$('#article-text [data-a]')) dim(mark, shown);
  count(filters.length, shown.size, cards.length);
}

function count(filtered, shown, all) {
  const words = filtered ? `${shown} of ${all} shown` : '';
  const place = $('.filter-count');
  if (place.firstChild?.data !== words) place.replaceChildren(words, ...(filtered && !shown && all ? [' ', showAll()] : []));
}

const showAll = () => node('<button type="button" class="quiet" data-command="show-all">Show all</button>');

function chosen() {
  filter();
  const query = new URLSearchParams(wanted());
  history.replaceState(history.state, '', [location.pathname, query.size ? `?${query}` : '', location.hash].join(''));
  tell('filtered');
}

export function clear() {
  for (const field of form.elements) field.value = '';
  $('#undo').hidden = true;
  chosen();
}

export function start() {
  for (const [name, value] of new URLSearchParams(location.search))
    if (form.elements[name]) form.elements[name].value = value;
  listen(form, 'change', chosen);
  listen(form, 'submit', (event) => event.preventDefault());
  hear('changed', () => wanted().length && filter());
  hear('marked', (card) => {
    if (card?.parentNode.hidden) notify(`${card.ariaLabel} is marked; the filter hides it.`, showAll());
  });
  if (wanted().length) filter();
}
