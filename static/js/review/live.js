// What others do: asked for every 4 s while somebody works here, every 20 s when not, never when hidden; after 4, 8, 16
// and then every 20 s while there is no answer.
import { $, at, hear, listen, send } from '../page.js';
import { signInLink } from '../htmx-setup.js';
import { apply } from './partials.js';

const page = document.body.dataset;
const BUSY = 4000;
const IDLE = 20000;
let used = Date.now();
let timer;
let asking = false;
let failed = 0; // times in a row

/** The next question in `ms`, ±20 % so that fifty pages do not ask at once. */
function later(ms = Date.now() - used < 60000 ? BUSY : IDLE) {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, ms * (0.8 + 0.4 * Math.random()));
}

async function ask() {
  if (asking) return;
  asking = true;
  try {
    const answer = await send(at(`/articles/${page.article}/changes?since=${page.revision}&version=${page.version}`));
    failed = answer.status < 400 ? 0 : failed + 1;
    if (answer.status === 401) $('#save-state').replaceChildren(signInLink());
    if (answer.status === 200) take(answer, await answer.text());
  } catch {
    failed++;
  } finally {
    asking = false;
    later(failed ? Math.min(IDLE, BUSY * 2 ** (failed - 1)) : undefined);
  }
}

function take({ headers }, html) {
  const revision = headers.get('X-Revision');
  if (+revision < +page.revision) return;
  page.revision = revision;
  apply(html, headers);
}

export function start() {
  const use = () => (used = Date.now());
  for (const type of ['pointerdown', 'keydown', 'scroll']) listen(document, type, use, { passive: true });
  const now = () => later(0);
  for (const type of ['focus', 'online']) listen(window, type, now);
  listen(document, 'visibilitychange', now);
  hear('failed', () => later(BUSY));
  hear('saved', ({ since, revision }) => (`${since}` === page.revision ? (page.revision = revision) : later(0)));
  later();
}
