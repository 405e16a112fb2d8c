// Which cards are shown; the marks of the others are dimmed, never hidden: the text stays whole.
import { $, $$, hear, listen, tell } from '../page.js';

const form = $('.filters');
const wanted = () => [...new FormData(form)].filter(([name, value]) => value);

const fits = ({ dataset }, filters) => filters.every(([name, value]) => dataset[name] === value);

function filter() {
  const filters = wanted();
  const shown = new Set();
  const cards = $$('#cards > li');
  for (const item of cards) {
    const card = item.firstElementChild;
    item.hidden = !fits(card, filters);
    if (!item.hidden) shown.add(card.dataset.n);
  }
  for (const mark of $$('#article-text [data-a]'))
    mark.classList.toggle('dim', !mark.dataset.a.split(' ').some((ordinal) => shown.has(ordinal)));
  return [shown.size, cards.length];
}

function chosen() {
  const [shown, all] = filter();
  const query = new URLSearchParams(wanted());
  history.replaceState(history.state, '', `${location.pathname}${query.size ? `?${query}` : ''}${location.hash}`);
  $('.filter-count').textContent = wanted().length ? `${shown} of ${all} shown` : '';
  tell('filtered');
}

export function start() {
  for (const [name, value] of new URLSearchParams(location.search))
    if (form.elements[name]) form.elements[name].value = value;
  listen(form, 'change', chosen);
  listen(form, 'submit', (event) => event.preventDefault());
  hear('changed', () => wanted().length && filter());
  if (wanted().length) filter();
}
