// Handing over: all that I have checked in this article is asked to be read once more. And why a button cannot be used.
import { notify } from '../announce.js';
import { idle } from '../forms.js';
import { $, at, listen, send, tell } from '../page.js';
import { apply } from './partials.js';

const page = document.body.dataset;
const number = ({ headers }, name) => +headers.get(name);

/** Once what is being saved is saved. */
export async function handOver() {
  await idle();
  let answer = {};
  let html = '';
  try {
    answer = await send(at(`/articles/${page.article}/hand-over`), new URLSearchParams());
    html = await answer.text();
  } catch {
    answer = {};
  }
  if (!answer.ok) return notify('Not handed over: the server could not be asked. Try again.');
  notify(apply(html, answer.headers, true));
  tell('saved', { since: number(answer, 'X-Since'), revision: number(answer, 'X-Revision') });
}

function barred(event) {
  const button = event.target.closest('[aria-disabled=true]');
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  const why = document.getElementById(button.getAttribute('aria-describedby'));
  notify(why?.textContent.trim() ?? 'That cannot be done now.');
}

export function start() {
  listen(document, 'click', barred, true);
  listen($('.hand-over'), 'submit', (event) => {
    event.preventDefault();
    handOver();
  });
}
