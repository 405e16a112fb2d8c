// The review page: modules started, commands given to keys and buttons.
import { notify, retract } from '../announce.js';
import * as evidence from '../evidence.js';
import * as forms from '../forms.js';
import { $, hear, listen } from '../page.js';
import * as annotate from './annotate.js';
import * as edges from './edges.js';
import * as filters from './filters.js';
import * as focus from './focus.js';
import * as handover from './handover.js';
import * as hold from './hold.js';
import * as live from './live.js';
import * as margin from './margin.js';
import * as partials from './partials.js';
import * as reading from './reading.js';
import * as selection from './selection.js';
import * as shortcuts from './shortcuts.js';
import * as speaker from './speaker.js';
import * as ties from './ties.js';
import * as undo from './undo.js';
import * as cursor from './wordcursor.js';

const text = $('#article-text');
const visit = (ending) => $(`.bar a[href$="${ending}"]`)?.click();

/** Does something in the card in hand, opened if it is not. */
async function inCard(act) {
  const a = focus.uuidInHand();
  const card = await focus.opened();
  if (card) act(card);
  else if (a) hold.lost(a);
  else hold.release();
}

/** As above, and what is typed until then goes into the field. */
function intoField(act) {
  hold.hold();
  return inCard(act);
}

/** Opens a folded form and goes into its first field. */
function unfold(box) {
  box.open = true;
  $('form :is(input:not([type=hidden]), textarea)', box).focus();
}

/** The form for a note may be folded beneath those there are. */
const writing = (card) => {
  const box = $('.another', card);
  if (box) box.open = true;
  return card;
};

let chosen = null; // the form that a verdict chosen by key waits in, and what was said of it

const verdict = ({ key }) => inCard((card) => {
  writing(card);
  const choice = $('[name=verdict]', card);
  choice.selectedIndex = +key;
  choice.dispatchEvent(new Event('input', { bubbles: true }));
  const words = `Verdict: ${choice.selectedOptions[0].text.replace(/^\d\s*/, '')}, not saved yet`;
  chosen = { form: choice.form, words };
  notify(words);
});

function settled() {
  if (!chosen || forms.waits(chosen.form)) return;
  retract(chosen.words);
  chosen = null;
}

hear('saved', settled);
listen(document, 'htmx:after:swap', settled);

/** One save of the note writes the card's other forms; a form of its own is saved where nothing else has changed. */
function save({ target }) {
  const card = $('.card[data-open]');
  const own = target.form;
  const whole = card && (!own || own.matches('.card-party-form, .note-form'));
  const note = whole && $(':is(.note-form, .card-party-form)[data-typed]', card) && $('.note-form', card);
  const form = note || own;
  if (!form) return false;
  forms.submit(form);
}

/** From a field or a card to the text; in the text first the selection goes, then the annotation in hand. */
function back({ target }) {
  if (!text.contains(target)) return text.focus({ preventScroll: true });
  if (selection.selected()) return selection.clearSelection();
  focus.activate(null);
}

function close() {
  focus.activate(null);
  text.focus({ preventScroll: true });
}

const commands = {
  'next-sentence': () => cursor.nextSentence(true),
  'previous-sentence': () => cursor.nextSentence(false),
  cursor: (event) => text === event.target && cursor.arrow(event),
  claim: () => annotate.tag('claim'),
  quote: () => annotate.tag('quote'),
  denial: () => annotate.tag('denial'),
  tag: ({ dataset }) => annotate.tag(dataset.kind),
  clear: reading.clear,
  unclear: reading.unclear,
  'next-unread': reading.nextUnread,
  still: () => inCard((card) => {
    const button = $('[data-still]', card);
    if (button) forms.submit(button.form);
    else notify('No draft has touched it since somebody looked.');
  }),
  'new-draft': () => $('[data-new-draft]').click(),
  'next-annotation': () => focus.step(true),
  'previous-annotation': () => focus.step(false),
  enter: ({ target }) => target === text && (speaker.accept() || focus.enter()),
  speaker: speaker.accept,
  tie: ties.pick,
  untie: ties.leave,
  back,
  close,
  verdict,
  note: () => intoField((card) => $('.note-form [name=body]', writing(card)).focus()),
  ask: () => intoField((card) => unfold($('.ask', card))),
  correction: () => intoField((card) => unfold($('.correct', card))),
  comment: () => intoField((card) => unfold($('.comment', card))),
  evidence: () => intoField((card) => evidence.reach(writing(card))),
  save,
  'start-left': () => edges.nudge('start', false),
  'start-right': () => edges.nudge('start', true),
  'end-left': () => edges.nudge('end', false),
  'end-right': () => edges.nudge('end', true),
  'use-selection': edges.useSelection,
  delete: () => focus.inHand() && annotate.discard(focus.inHand()),
  show: (button) => focus.reopen(button.closest('.card')),
  undo: undo.undo,
  redo: undo.redo,
  'show-all': filters.clear,
  dashboard: () => visit('/dashboard'),
  articles: () => visit('/articles'),
  queue: () => visit('/queue'),
  'hand-over': () => void handover.handOver(),
  help: shortcuts.help,
};

listen(document, 'click', (event) => {
  const button = event.target.closest('[data-command]');
  if (!button) return;
  event.preventDefault();
  commands[button.dataset.command](button);
});

// The menu of versions closes like a menu.
const menu = $('.versions');
listen(document, 'click', ({ target }) => menu.contains(target) || (menu.open = false));
listen(menu, 'keydown', ({ key }) => {
  if (key !== 'Escape') return;
  menu.open = false;
  $('summary', menu).focus();
});

listen(document, 'submit', (event) => {
  const { act } = event.target.dataset;
  if (!act) return;
  event.preventDefault();
  const card = event.target.closest('.card');
  if (act === 'kind') annotate.retag(card, event.target.elements.kind.value);
  else annotate.discard(card);
});

// htmx's own answers carry partials too; they go the same way as ours.
listen(document, 'htmx:before:swap', ({ detail: { tasks } }) => {
  const pieces = tasks.filter((task) => task.type === 'partial');
  tasks.splice(0, tasks.length, ...tasks.filter((task) => task.type !== 'partial'));
  const one = ({ target, swapSpec, fragment }) => ({ target, swap: swapSpec.style, node: fragment.firstElementChild });
  partials.applyAll(pieces.map(one), true);
});

for (const module of [hold, selection, cursor, focus, annotate, edges, filters, margin, live, speaker, ties, handover, reading]) module.start();
shortcuts.start(commands);

// A link from elsewhere: the text at the words, with the card open.
const named = /^#a(\d+)$/.exec(location.hash)?.[1];
if (named) focus.activate(named, { scroll: true });
