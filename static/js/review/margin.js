// Cards beside their marks. Beneath 60rem they are a plain list and this module keeps out of the way.
import { $, $$, framed, hear, listen } from '../page.js';

const GAP = 8;
const ALL = 200;

/**
 * Where each card goes: beside its mark, or below the card before it. Items are { top, height } in the order of the
 * text. The pinned one stays on its line and pushes the others up and down. Where there is no room above it gives way by
 * up to `give`; what still does not fit gets a negative top.
 */
export function pack(items, gap = GAP, pinned = -1, give = 160) {
  const tops = around(items, gap, pinned, 0);
  return tops[0] < 0 ? around(items, gap, pinned, Math.min(-tops[0], give)) : tops;
}

function around(items, gap, pinned, down) {
  const tops = downwards(items, gap, pinned, down);
  for (let at = pinned - 1; at >= 0; at--) tops[at] = Math.min(tops[at], tops[at + 1] - gap - items[at].height);
  return tops;
}

function downwards(items, gap, pinned, down) {
  let floor = 0;
  return items.map((item, at) => {
    const top = at === pinned ? item.top + down : Math.max(item.top, floor);
    floor = top + item.height + gap;
    return top;
  });
}

const wide = () => matchMedia('(min-width: 60rem)').matches;

let packedAt = 0;

export const repack = framed(() => {
  const list = $('#cards');
  packedAt = scrollY;
  list.classList.toggle('placed', wide());
  const shown = $$(':scope > li:not([hidden])', list);
  if (wide()) place(list, near(shown));
  else shown.forEach((item) => (item.classList.remove('far'), (item.style.top = '')));
});

/** The cards to place: all of a few; of many only those within two screens, because measuring costs. */
function near(items) {
  const [from, to] = items.length > ALL ? horizon() : [0, Infinity];
  return items.filter((item) => {
    const { start, end } = item.firstElementChild.dataset;
    const far = (+end < from || +start > to) && !item.querySelector('[data-open]');
    item.classList.toggle('far', far);
    return !far;
  });
}

/** The offsets of the text within two screens of what is seen. */
function horizon() {
  const blocks = $$('#article-text .block');
  const margin = innerHeight * 2;
  const seen = blocks.filter((block) => {
    const { top, bottom } = block.getBoundingClientRect();
    return bottom > -margin && top < innerHeight + margin;
  });
  const after = blocks[blocks.indexOf(seen.at(-1)) + 1];
  return [+(seen[0]?.dataset.o ?? 0), +(after?.dataset.o ?? Infinity)];
}

function place(list, items) {
  const origin = list.getBoundingClientRect().top;
  const marks = firstMarks();
  const measured = items.map((item) => ({
    top: (marks.get(item.firstElementChild.dataset.n)?.getBoundingClientRect().top ?? origin) - origin,
    height: item.offsetHeight,
  }));
  const tops = pack(measured, GAP, items.findIndex((item) => item.querySelector('.active')));
  items.forEach((item, at) => {
    item.style.top = `${tops[at]}px`;
    item.classList.toggle('far', tops[at] < 0);
  });
  list.style.minHeight = items.length ? `${tops.at(-1) + measured.at(-1).height}px` : '';
}

function firstMarks() {
  const first = new Map();
  for (const mark of $$('#article-text mark[data-a]'))
    for (const ordinal of mark.dataset.a.split(' ')) if (!first.has(ordinal)) first.set(ordinal, mark);
  return first;
}

export function start() {
  const watch = new ResizeObserver(repack);
  watch.observe($('#article-text'));
  watch.observe($('#cards'));
  listen(window, 'resize', repack);
  const far = () => $('#cards').childElementCount > ALL && Math.abs(scrollY - packedAt) > innerHeight;
  listen(document, 'scroll', () => far() && repack(), { passive: true });
  hear('changed', repack);
  hear('activate', repack);
  hear('filtered', repack);
  document.fonts.ready.then(repack);
}
