// One table of keys: it decides what a key does and fills the help sheet, so the two cannot differ.
import { $, listen, node } from '../page.js';
import { keep, kept } from '../store.js';

/** Command, key, what it does; a family of keys has a pattern as well. Keys of one character can be changed. */
export const KEYS = [
  ['next-sentence', 'j', 'Next sentence'],
  ['previous-sentence', 'k', 'Previous sentence'],
  ['cursor', 'Arrows Home End', 'Move the word cursor', /^(Ctrl\+)?(Home|End)$|^Arrow/],
  ['cursor', 'Shift+Arrows', 'Extend the selection by words or lines', /^Shift\+(Arrow|Home|End)/],
  ['cursor', 'Ctrl+Shift+Arrows', 'Extend the selection by sentences', /^Ctrl\+Shift\+(Arrow|Home|End)/],
  ['claim', 'c', 'Mark the selection, or the sentence, as a claim'],
  ['quote', 'q', 'Mark it as a quote'],
  ['denial', 'd', 'Mark it as a denial'],
  ['clear', 'x', 'Nothing to check: mark the sentence, or those selected, clear'],
  ['unclear', 'X', 'Make it unread again'],
  ['next-unread', '.', 'Next unread sentence'],
  ['next-annotation', 'J', 'Next annotation'],
  ['previous-annotation', 'K', 'Previous annotation'],
  ['enter', 'Enter', 'Into the card of the annotation; after marking a quote, take the speaker offered'],
  ['back', 'Escape', 'Back to the text; let go of the selection'],
  ['verdict', '1–8', 'Set the verdict', /^[1-8]$/],
  ['still', 'y', 'It still stands on the new wording'],
  ['note', 'n', 'Write the note'],
  ['evidence', 'e', 'Add evidence'],
  ['ask', 'a', 'Ask somebody'],
  ['correction', 'r', 'Suggest a correction'],
  ['comment', 'm', 'Comment'],
  ['tie', 'l', 'Tie it to another annotation'],
  ['save', 'Ctrl+Enter', 'Save the form'],
  ['hand-over', 'Shift+Enter', 'Ask for a second reading of all I have checked here'],
  ['start-left', '[', 'Move the start of the annotation a word back'],
  ['start-right', ']', 'Move its start a word forward'],
  ['end-left', '{', 'Move its end a word back'],
  ['end-right', '}', 'Move its end a word forward'],
  ['delete', 'Delete', 'Delete the annotation'],
  ['undo', 'u', 'Undo what you did last'],
  ['redo', 'U', 'Redo what you undid last'],
  ['new-draft', 'v', 'New draft of the article'],
  ['dashboard', 'g d', 'Dashboard'],
  ['queue', 'g q', 'My queue'],
  ['articles', 'g a', 'Articles'],
  ['help', '?', 'This sheet'],
];

/** The key of an event as the table spells it, or null when it is none of ours. */
export function nameOf({ key, code = '', ctrlKey, altKey, metaKey, shiftKey }, altGraph) {
  if (key.length > 1) return metaKey || altKey ? null : `${ctrlKey ? 'Ctrl+' : ''}${shiftKey ? 'Shift+' : ''}${key}`;
  if ((ctrlKey || altKey || metaKey) && !altGraph) return null;
  const letter = key > '\u007f' && /^Key([A-Z])$/.exec(code)?.[1]; // a Greek or Cyrillic layout
  return letter ? (shiftKey ? letter : letter.toLowerCase()) : key;
}

/** The command for a key; `own` holds the keys a person chose, by command. */
export const commandFor = (name, own = {}) =>
  KEYS.find(([command, key, , family]) => (family ? family.test(name) : (own[command] ?? key) === name))?.[0];

/** The command that has this key already, or undefined. */
export const taken = (key, command, own) => {
  const other = commandFor(key, own) ?? (key === 'g' ? 'dashboard' : undefined);
  return other === command ? undefined : other;
};

/** Only walking goes on while a key is held down: nothing is done twice. */
const REPEATS = /sentence|annotation|cursor/;

const prefs = () => ({ single: true, own: {}, ...kept('keys') });
let sequence = '';

function pressed(event, commands) {
  const { target } = event;
  const altGraph = event.getModifierState('AltGraph');
  const name = nameOf(event, altGraph);
  if (!name || event.isComposing || target.closest?.('dialog')) return;
  const plain = name.length === 1;
  if (target.matches?.('input, select, textarea') && !/^(Ctrl\+Enter|Escape)$/.test(name)) return;
  if (name !== 'Shift+Enter' && !target.closest?.('#article-text, .cards-pane') && target !== document.body) return;
  const { single, own } = prefs();
  if (plain && !single) return;
  const command = commandFor(sequence + name, own);
  sequence = name === 'g' && plain && !sequence ? 'g ' : '';
  if (command && event.repeat && !REPEATS.test(command)) event.preventDefault();
  else if (command && commands[command](event) !== false) event.preventDefault();
}

function row([command, key, label, family], own) {
  const fixed = family || key.length > 1;
  const field = `<input name="${command}" maxlength="1" size="2" aria-label="Key for: ${label}">`;
  const shown = fixed ? `<kbd>${key}</kbd>` : field;
  const line = node(`<tr><td>${shown}</td><td>${label}</td></tr>`);
  if (!fixed) $('input', line).value = own[command] ?? key;
  return line;
}

const save = (change) => keep('keys', { ...prefs(), ...change });

/** A key is chosen for a command; one that is taken is refused, an empty one brings the old key back. */
function choose({ target }) {
  const { own } = prefs();
  const { name, value } = target;
  const other = value && taken(value, name, own);
  target.setCustomValidity(other ? `That key is taken: ${KEYS.find(([command]) => command === other)[2]}.` : '');
  if (!target.reportValidity()) return;
  if (value) own[name] = value;
  else delete own[name];
  save({ own });
}

export function help() {
  const { own, single } = prefs();
  const table = document.createElement('table');
  table.append(...KEYS.map((entry) => row(entry, own)));
  $('#keys').replaceChildren(table);
  $('#single-keys').checked = single;
  $('#help').showModal();
}

export function start(commands) {
  listen(document, 'keydown', (event) => pressed(event, commands));
  listen($('#keys'), 'change', choose);
  listen($('#single-keys'), 'change', ({ target }) => save({ single: target.checked }));
}
