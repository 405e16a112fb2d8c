// Cards beside their marks. Beneath 60rem they are a plain list and this module keeps out of the way.
import { $, $$, framed, hear, listen } from '../page.js';
import { boxOf } from './places.js';
import { count } from './textmap.js';

const GAP = 8;
const ALL = 200;
const LOWEST = 60; // hardly a card is lower

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
const startOf = (item) => +item.firstElementChild.dataset.start;

let packedAt = 0;

export const repack = framed(() => {
  const list = $('#cards');
  const items = [...list.children];
  const blocks = $$('#article-text .block');
  const shown = items.filter((item) => !item.hidden);
  const [near, pinned] = wide() && shown.length > ALL ? inSight(shown, blocks) : [shown, held()];
  const placed = new Set(near);
  packedAt = scrollY;
  list.classList.toggle('placed', wide());
  for (const item of items) item.classList.toggle('far', !placed.has(item));
  if (wide()) place(list, near, blocks, near.indexOf(pinned));
  else near.forEach((item) => (item.style.top = ''));
});

const held = () => $('#cards > li > .active')?.parentNode;

/**
 * Of many cards those that fill the window and a screen before and after it, because measuring costs; and the one that
 * keeps its line: the one in hand if it is in sight, else the first whose mark is.
 */
function inSight(items, blocks) {
  const before = (offset) => count(items, (item) => startOf(item) < offset);
  const upTo = (y, more = 0) => before(offsetOf(blocks[count(blocks, (block) => bottomOf(block) < y) + more]));
  const [from, to] = [upTo(-innerHeight), upTo(2 * innerHeight, 1)];
  const [first, last] = [upTo(0), upTo(0, 1)];
  const inHand = items.indexOf(held());
  const seen = first + count(items.slice(first, last), (item) => topOf(item, blocks) < 0);
  const middle = inHand >= from && inHand < to ? inHand : seen;
  const some = Math.ceil(innerHeight / LOWEST);
  const near = items.slice(Math.max(from, middle - some), Math.min(to, middle + 2 * some));
  if (inHand >= 0 && !near.includes(held())) near[inHand < middle ? 'unshift' : 'push'](held());
  return [near, items[middle]];
}

const bottomOf = (element) => element.getBoundingClientRect().bottom;
const offsetOf = (block) => +(block?.dataset.o ?? Infinity);

/** Where an annotation begins in the window; one whose words are gone, where they would; one just being made, nowhere. */
function topOf({ firstElementChild: { dataset: { n, start, end, status } } }, blocks) {
  if (status === 'orphan') return boxOf({ start: +start, end: +end }).top;
  const block = blocks[count(blocks, (each) => offsetOf(each) <= +start) - 1];
  return block && $(`mark[data-a~="${n}"]`, block)?.getBoundingClientRect().top;
}

function place(list, items, blocks, pinned) {
  const origin = list.getBoundingClientRect().top;
  const measured = items.map((item) => ({ top: (topOf(item, blocks) ?? origin) - origin, height: item.offsetHeight }));
  const tops = pack(measured, GAP, pinned);
  items.forEach((item, at) => {
    item.style.top = `${tops[at]}px`;
    item.classList.toggle('far', tops[at] < 0);
  });
  list.style.minHeight = items.length ? `${tops.at(-1) + measured.at(-1).height}px` : '';
}

/** The text is painted before the first card is placed. */
export function start() {
  const watch = new ResizeObserver(repack);
  requestAnimationFrame(() => setTimeout(() => watch.observe($('#article-text'))));
  listen(window, 'resize', repack);
  const far = () => $('#cards').childElementCount > ALL && Math.abs(scrollY - packedAt) > innerHeight / 2;
  listen(document, 'scroll', () => far() && repack(), { passive: true });
  for (const news of ['changed', 'activate', 'filtered']) hear(news, repack);
  document.fonts.ready.then(repack);
}
