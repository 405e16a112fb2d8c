// The name beside a quotation: offered when a quote is marked, taken by Enter.
import { notify } from '../announce.js';
import { $, hear, node } from '../page.js';
import { nameOf, opened } from './focus.js';

let made = null; // the quote just marked, until something else is in hand

const button = () => node('<button type="button" data-command="speaker">Accept <kbd aria-hidden="true">Enter</kbd></button>');

/** Whether there is a quote whose speaker can be taken; if so, that is done. */
export function accept() {
  const a = made;
  made = null;
  if (a) take(a);
  return !!a;
}

/** By the button of the open card, so that it is saved as by hand. */
async function take(a) {
  const card = await opened();
  if (card?.dataset.annotation !== a) return;
  const offer = $('[name=take]', card);
  if (!offer) return card.focus();
  offer.click();
  notify(`${nameOf(card)}: ${offer.value}`);
}

export function start() {
  hear('pending', ({ id, kind }) => (made = kind === 'quote' ? id : null));
  hear('activate', () => (made = null));
  hear('offered', ({ card, name }) => {
    if (!card || card.dataset.annotation !== made) return;
    if (name) notify(`${nameOf(card)} saved. Speaker: ${name}?`, button());
    else made = null;
  });
}
