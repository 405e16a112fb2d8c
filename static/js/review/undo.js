// Undo and redo: the server takes back what I did last here, from history; what was never sent is simply dropped.
import { notify, redoButton, undoButton } from '../announce.js';
import { idle } from '../forms.js';
import { signInLink } from '../htmx-setup.js';
import { at, send, sessionEnded, tell } from '../page.js';
import { allSent, dropUnsent, undoing } from './annotate.js';
import { apply } from './partials.js';

const page = document.body.dataset;
const SAID = { undo: ['Undone', 'Not undone', 'Nothing to undo'], redo: ['Done again', 'Not done again', 'Nothing to redo'] };
let turn = Promise.resolve(); // one after the other, however fast the keys

async function ask(way) {
  const [, not] = SAID[way];
  try {
    await idle();
    await allSent();
  } catch {
    return notify(`${not}: what you did last is not saved yet.`);
  }
  try {
    undoing(true);
    const answer = await send(at(`/articles/${page.article}/${way}`), new URLSearchParams());
    take(way, answer, await answer.text());
  } catch {
    notify(`${not}: no connection. Try again in a moment.`);
  }
  undoing(false);
}

function take(way, { ok, status, headers }, html) {
  const [done, not, nothing] = SAID[way];
  if (status === 401 || status === 400) {
    sessionEnded();
    return notify(`${not}.`, signInLink());
  }
  const words = apply(html, headers, true);
  if (!ok) return notify(words || `${not}: the server could not answer. Try again in a moment.`);
  tell('saved', { since: +headers.get('X-Since'), revision: +headers.get('X-Revision') });
  const [what, next] = ['X-Done', 'X-Next'].map((name) => headers.get(name));
  if (!what) return notify(nothing);
  const buttons = way === 'undo' ? [next && undoButton(), redoButton()] : [undoButton(), next && redoButton()];
  const more = next ? ` Next would be: ${next}.` : '';
  notify(`${done}: ${what}.${more}`, ...buttons.filter(Boolean));
}

export function undo() {
  const dropped = dropUnsent();
  if (dropped) return notify(`Undone: ${dropped}, before it was sent.`);
  turn = turn.then(() => ask('undo'));
}

export function redo() {
  turn = turn.then(() => ask('redo'));
}
