// Every write about a mark: painted at once, kept in this browser, sent in order, tried again, undone.
import { announce, notify } from '../announce.js';
import { unkept, unsaved } from '../forms.js';
import { signInLink } from '../htmx-setup.js';
import { $, at, hear, listen, node, renew, send, sessionEnded, tell } from '../page.js';
import { drop, keep, kept, keysOf } from '../store.js';
import { expect, latest, nameOf, spanOf } from './focus.js';
import { paint } from './paint.js';
import { apply } from './partials.js';
import { settled } from './places.js';
import * as queue from './queue.js';
import { clearSelection } from './selection.js';
import { target } from './wordcursor.js';

const page = document.body.dataset;
const waiting = () => `queue:${page.article}:`;
let undone = []; // what was done here and how to take it back, newest last
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

/** Puts a write in the queue; `pause` leaves room for the next press to replace it. */
function enqueue(a, verb, body, pause = 0) {
  const now = Date.now();
  const number = Math.max(now, (jobs.at(-1)?.at ?? 0) + 1);
  settle(queue.add(jobs, { at: number, a, verb, body, due: now + pause, tries: 0 }));
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

const where = ({ a, verb }) =>
  at(verb === 'create' ? `/articles/${page.article}/annotations` : `/annotations/${a}/${verb}`);
const FORMS = /deletion|restoration|kind/;

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
};

const ANSWERED = {
  saved(job, { headers }, html) {
    const number = (name) => +headers.get(name);
    settle(queue.done(jobs, job, number('X-Row')));
    apply(html, headers, true);
    undone.forEach((one) => one.said()); // new cards have their names now
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
    undone = undone.filter(({ id }) => id !== job.a);
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
  did(id, 'marked', () => remove(id, +(card(id)?.dataset.row ?? 1)));
  tell('pending', { id, kind });
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
  const first = jobs.findLast((job) => job.a === id)?.verb !== 'place';
  if (first) did(id, 'moved', () => card(id) && place(card(id), settled(before)));
  enqueue(id, 'place', body, 250);
}

/** Makes it another kind. */
export function retag(element, kind) {
  const { annotation: id, row, kind: before } = element.dataset;
  did(id, 'changed', () => card(id) && retag(card(id), before));
  enqueue(id, 'kind', { kind, row });
}

/** Deletes with a way back. */
export function discard(element) {
  const { annotation: id, row } = element.dataset;
  did(id, 'deleted', () => {
    gone({ verb: 'deletion', a: id }, false);
    enqueue(id, 'restoration', {});
  });
  remove(id, +row);
  notify(`${nameOf(element)} deleted.`, undoButton());
}

const undoButton = () => node('<button type="button" data-command="undo">Undo <kbd aria-hidden="true">u</kbd></button>');

let undoing = false;

/** Notes how to take back what is being done, unless it is a taking back itself. */
function did(id, verb, back) {
  let name = 'Mark';
  const said = () => `${(name = card(id)?.ariaLabel ?? name)} ${verb}`;
  said();
  if (!undoing) undone.push({ id, back, said });
}

function remove(id, row) {
  jobs.filter((job) => job.a === id).forEach(unpaint);
  gone({ verb: 'deletion', a: id }, true);
  enqueue(id, 'deletion', { row });
}

/** Hides what is being deleted until the server has answered. */
function gone({ verb, a }, away) {
  const element = verb === 'deletion' && card(a);
  if (!element) return;
  element.closest('li').classList.toggle('gone', away);
  tell('changed', {});
}

export function undo() {
  const one = undone.pop();
  if (!one) return notify('Nothing to undo');
  const words = `Undone: ${one.said()}.`;
  undoing = true;
  one.back();
  undoing = false;
  const next = undone.at(-1);
  if (next) notify(`${words} Next would be: ${next.said()}.`, undoButton());
  else notify(words);
}

function replay() {
  jobs = keysOf(waiting()).map(kept).filter(Boolean).sort((one, other) => one.at - other.at);
  jobs = queue.hurry(jobs).map((job) => ({ ...job, sent: false, tries: 0 }));
  for (const { a, verb, body } of jobs) {
    const over = jobs.some((job) => job.a === a && job.verb === 'deletion');
    const name = verb === 'create' ? `pending-${body.kind}` : 'pending-move';
    if (body.version === +page.version && !over) paint(name, body, a);
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
