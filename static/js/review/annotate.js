// Every write about a mark: painted at once, kept in this browser, sent in order, tried again.
import { announce, notify, undoButton } from '../announce.js';
import { unkept, unsaved } from '../forms.js';
import { signInLink } from '../htmx-setup.js';
import { $, at, hear, listen, renew, send, sessionEnded, tell } from '../page.js';
import { drop, keep, kept, keysOf } from '../store.js';
import { expect, latest, nameOf, spanOf } from './focus.js';
import { paint } from './paint.js';
import { apply } from './partials.js';
import * as queue from './queue.js';
import { clearSelection } from './selection.js';
import { target } from './wordcursor.js';

const page = document.body.dataset;
const waiting = () => `queue:${page.article}:`;
let said = ['', 'Saved']; // about the marks
let jobs = [];
let unsafe = false; // this browser could not keep a job
let busy = false;
let timer;

function settle(next) {
  for (const job of jobs) if (!next.some((other) => other.at === job.at)) drop(waiting() + job.at);
  for (const job of next) if (!jobs.includes(job)) unsafe = !keep(waiting() + job.at, job) || unsafe;
  jobs = next;
  if (!jobs.length) unsafe = false;
}

/** Puts a write in the queue; `pause` leaves room for the next press to replace it, `was` is the way back. */
function enqueue(a, verb, body, pause = 0, was = null) {
  const now = Date.now();
  const number = Math.max(now, (jobs.at(-1)?.at ?? 0) + 1);
  settle(queue.add(jobs, { at: number, a, verb, body, due: now + pause, tries: 0, was }));
  $('#undo').hidden = true;
  say('', 'Saving…');
  flush();
}

function flush() {
  clearTimeout(timer);
  if (busy || !jobs.length) return;
  const job = queue.ready(jobs, Date.now());
  if (job) transmit(job);
  else timer = setTimeout(flush, queue.dueIn(jobs, Date.now()) + 1);
}

const OF_ARTICLE = { create: 'annotations', sentences: 'sentences' };
const where = ({ a, verb }) =>
  at(OF_ARTICLE[verb] ? `/articles/${page.article}/${OF_ARTICLE[verb]}` : `/annotations/${a}/${verb}`);
const FORMS = /deletion|restoration|kind|sentences/;

async function transmit(job) {
  busy = true;
  job.sent = true;
  let answer = { status: 0 };
  let html = '';
  try {
    answer = await send(where(job), FORMS.test(job.verb) ? new URLSearchParams(job.body) : job.body);
    html = await answer.text();
  } catch {
    answer = { status: 0 };
  }
  busy = false;
  ANSWERED[queue.meaning(answer.status)](job, answer, html);
  flush();
}

const unpaint = (job) => {
  paint(`pending-${job.body.kind}`, null, job.a);
  paint('pending-move', null, job.a);
  paint('pending-clear', null, job.a);
};

const ANSWERED = {
  saved(job, { headers }, html) {
    const number = (name) => +headers.get(name);
    settle(queue.done(jobs, job, number('X-Row')));
    apply(html, headers, true);
    unpaint(job);
    if (job.verb === 'create') {
      announce(`${latest(card(job.a))} saved`);
      tell('marked', card(job.a));
      tell('offered', { card: card(job.a), name: decodeURIComponent(headers.get('X-Speaker') ?? '') });
    }
    tell('saved', { since: number('X-Since'), revision: number('X-Revision') });
  },
  refused(job, { headers }, html) {
    settle(queue.refused(jobs, job));
    unpaint(job);
    const said = apply(html, headers, true) || $('.refusal', card(job.a))?.textContent;
    const words = said || 'Not saved: the server refused it.';
    gone(job, false);
    say('failed', words);
    notify(words);
    tell('failed', { message: words });
  },
  held(job) {
    settle(queue.putOff(jobs, { ...job, tries: 5 }, Date.now()));
    sessionEnded();
    say('failed', `${count()} not saved. `, signInLink());
    tell('failed', {});
  },
  later(job) {
    settle(queue.putOff(jobs, job, Date.now()));
    say('waiting', `Not saved yet: no connection, trying again. ${count()} waiting.`);
    tell('failed', {});
  },
};

const count = () => new Set(jobs.map((job) => job.a)).size;

function say(...words) {
  said = words;
  show();
}

/** "Saved" only when nothing at all is unsaved: marks first, then what is typed in cards. */
function show() {
  const quiet = !jobs.length && !said[0];
  const [state, ...words] = (quiet && unsaved()) || said;
  $('#save-state').dataset.state = state;
  $('#save-state').replaceChildren(...words);
}

const card = (uuid) => $(`.card[data-annotation="${uuid}"]`);

/** Marks the selection, or the sentence at the cursor. */
export function tag(kind) {
  const span = target();
  if (!span) return notify('Nothing is selected. Select words, or press j to choose a sentence.');
  const id = queue.uuid4();
  paint(`pending-${kind}`, span, id);
  clearSelection();
  enqueue(id, 'create', { id, version: +page.version, kind, ...span });
  expect(id);
  tell('pending', { id, kind });
}

/** Marks sentences, by their numbers, clear or unread; `span` is where they are. */
export function read(numbers, clear, span) {
  const a = `sentences:${numbers}`;
  paint('pending-clear', span, a);
  enqueue(a, 'sentences', { version: page.version, sentence: numbers.join(' '), clear: clear ? '1' : '' });
}

/** Where an annotation is or, while it is being moved, will be: its card may have been fetched anew meanwhile. */
export const placeOf = (element) =>
  jobs.findLast((job) => job.a === element.dataset.annotation && job.verb === 'place')?.body ?? spanOf(element);

/** Moves an annotation to another span; quick presses become one write. */
export function place(element, span) {
  const { annotation: id, row } = element.dataset;
  const before = spanOf(element);
  const body = { version: +page.version, ...span, row: +row };
  Object.assign(element.dataset, { start: span.start, end: span.end });
  paint('active', span);
  paint('pending-move', span, id);
  const last = jobs.findLast((job) => job.a === id);
  enqueue(id, 'place', body, 250, last?.verb === 'place' && unsent(last) ? last.was : before);
}

/** Makes it another kind. */
export function retag(element, kind) {
  const { annotation: id, row } = element.dataset;
  enqueue(id, 'kind', { kind, row });
}

/** Deletes with a way back. */
export function discard(element) {
  const { annotation: id, row } = element.dataset;
  jobs.filter((job) => job.a === id).forEach(unpaint);
  gone({ verb: 'deletion', a: id }, true);
  enqueue(id, 'deletion', { row: +row });
  notify(`${nameOf(element)} deleted.`, undoButton());
}

/** Hides what is being deleted until the server has answered. */
function gone({ verb, a }, away) {
  const element = verb === 'deletion' && card(a);
  if (!element) return;
  element.closest('li').classList.toggle('gone', away);
  tell('changed', {});
}

const unsent = (job) => !job.sent && !job.tries;
const DROPPED = { create: 'the mark', place: 'the move', kind: 'the change', deletion: 'the deletion', sentences: 'what was read' };

/** A mark that was taken back while it waited for a connection: it may have arrived, so a deletion follows it. */
const takenBack = ({ a }) => jobs.some((job) => job.a === a && job.verb === 'deletion' && job.was);

/** Takes what was done last and is not saved yet back out of the queue, where that is safe; says what it was. */
export function dropUnsent() {
  const job = jobs.findLast((one) => !takenBack(one));
  const waits = job?.verb === 'create' && !job.sent;
  if (!job || !(waits || unsent(job))) return '';
  unpaint(job);
  if (!unsent(job)) enqueue(job.a, 'deletion', { row: 1 }, 0, true);
  else settle(jobs.filter((other) => other !== job));
  if (waits) expect(null);
  gone(job, false);
  if (job.verb === 'place' && card(job.a)) paint('active', Object.assign(card(job.a).dataset, job.was) && job.was);
  if (!jobs.length) say('', 'Saved');
  return DROPPED[job.verb];
}

/** Says that the server is being asked to undo; afterwards what was saved has been said, or nothing was. */
export const undoing = (now) => (now || said[1] === UNDOING) && say('', now ? UNDOING : 'Saved');
const UNDOING = 'Undoing…';

/** Once all of the queue is saved; rejects when something of it cannot be now. */
export const allSent = () => new Promise((done, fail) => {
  if (!jobs.length) return done();
  const look = ({ type }) => {
    if (jobs.length && type.endsWith('saved')) return;
    for (const name of ['saved', 'failed']) document.removeEventListener(`annotator:${name}`, look);
    (jobs.length || type.endsWith('failed') ? fail : done)();
  };
  for (const name of ['saved', 'failed']) listen(document, `annotator:${name}`, look);
  settle(queue.hurry(jobs));
  flush();
});

function replay() {
  jobs = keysOf(waiting()).map(kept).filter(Boolean).sort((one, other) => one.at - other.at);
  jobs = queue.hurry(jobs).map((job) => ({ ...job, sent: false, tries: 1 })); // perhaps sent before
  for (const { a, verb, body } of jobs) {
    const over = jobs.some((job) => job.a === a && job.verb === 'deletion');
    const name = verb === 'create' ? `pending-${body.kind}` : 'pending-move';
    if (body.start !== undefined && body.version === +page.version && !over) paint(name, body, a);
  }
  if (jobs.length) said = ['', 'Saving…'];
  show();
  flush();
}

const retry = async () => {
  await renew();
  settle(queue.hurry(jobs));
  flush();
};

export function start() {
  replay();
  hear('saved', () => jobs.length || say('', `Saved ${new Date().toTimeString().slice(0, 8)}`)); // notes too
  hear('unsaved', show);
  listen(window, 'online', retry);
  listen(window, 'focus', retry);
  listen(window, 'beforeunload', (event) => (unsafe || unkept()) && event.preventDefault());
}
