// What every htmx request of ours carries, and what a person sees when one fails: a sentence at the form, words kept.
import { $, listen, node, nodes, sessionEnded, shown, token } from './page.js';

const OFFLINE = 'Not saved: no connection. What you typed is still here; try again in a moment.';

const SIGNED_OUT = 'Not saved: you are signed out, or this page was open too long.';

export function refuse(element, words, link) {
  const place = element.closest('form') ?? element;
  const old = $('.refusal', place);
  if (old?.textContent === words) return; // tried again by itself: not said again
  old?.remove();
  const line = node('<p class="refusal" role="alert"></p>');
  line.append(words);
  if (link) line.append(' ', link);
  place.prepend(line);
}

/** To this same page: whoever is signed out meets the sign-in page on the way, others get a fresh page. */
export function signInLink() {
  const link = node('<a>Sign in again to save</a>');
  link.href = location.pathname + location.search;
  return link;
}

/** A refusal in one sentence must not take the place of the form. */
function answered(event) {
  const { sourceElement, response: { status }, text } = event.detail.ctx;
  const out = status === 400 || status === 401;
  if (status < 400 || (status < 500 && !out && !/^\s*<p class="refusal/.test(text))) return;
  event.preventDefault();
  if (out) sessionEnded();
  if (out) refuse(sourceElement, SIGNED_OUT, signInLink());
  else refuse(sourceElement, nodes(text).textContent.trim() || 'The server could not answer. Try again in a moment.');
}

export function start() {
  listen(document, 'htmx:config:request', ({ detail: { ctx: { request: { headers } } } }) =>
    Object.assign(headers, { 'X-CSRFToken': token(), 'X-Version': shown() }));
  listen(document, 'htmx:after:request', answered);
  listen(document, 'htmx:error', ({ detail: { ctx: { sourceElement } } }) => {
    if (sourceElement.matches('form')) refuse(sourceElement, OFFLINE);
    else if (!sourceElement.matches('input')) refuse(sourceElement.parentElement, 'Not opened: no connection. Try again in a moment.');
  });
}
