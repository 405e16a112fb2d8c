// While a name is typed behind an @ in a comment, people are offered: arrows choose, Enter or Tab takes, Escape closes.
import { announce } from './announce.js';
import { $$, at, listen, node, nodes, quiet, send } from './page.js';

const TYPED = /(?:^|[^\w@/.+-])@([\w.-]{0,64})$/;
const list = node('<ul id="mentions" class="mentions" role="listbox" aria-label="People"></ul>');
let field = null; // where people are offered now
let chosen = 0;

const typed = ({ value, selectionStart }) => TYPED.exec(value.slice(0, selectionStart))?.[1];
const options = () => $$('[role=option]', list);

async function look(target) {
  const start = typed(target);
  if (start === undefined) return close();
  const answer = await send(at(`/people/mentionable?q=${encodeURIComponent(start)}`)).catch(() => null);
  const found = answer?.ok ? await answer.text() : '';
  if (document.activeElement !== target || typed(target) !== start) return;
  list.replaceChildren(nodes(found));
  options().forEach((item, number) => (item.id = `mention-${number}`));
  if (options().length) open(target);
  else close();
}

const pause = quiet(look, 120);

function open(target) {
  const known = field === target;
  field = target;
  field.after(list);
  const names = { role: 'combobox', 'aria-expanded': true, 'aria-controls': list.id, 'aria-autocomplete': 'list' };
  for (const [name, value] of Object.entries(names)) field.setAttribute(name, value);
  choose(0);
  if (!known) announce(`${options().length} people. Arrows choose, Enter takes.`);
}

function close() {
  for (const name of ['role', 'aria-expanded', 'aria-controls', 'aria-autocomplete', 'aria-activedescendant']) field?.removeAttribute(name);
  field = null;
  list.remove();
}

function choose(number) {
  const items = options();
  chosen = (number + items.length) % items.length;
  items.forEach((item, at) => item.setAttribute('aria-selected', at === chosen));
  items[chosen].scrollIntoView({ block: 'nearest' });
  field.setAttribute('aria-activedescendant', items[chosen].id);
}

function take(item) {
  const target = field;
  const caret = target.selectionStart;
  target.setRangeText(`${item.dataset.username} `, caret - typed(target).length, caret, 'end');
  close();
  target.dispatchEvent(new Event('input', { bubbles: true }));
}

const KEYS = {
  ArrowDown: () => choose(chosen + 1),
  ArrowUp: () => choose(chosen - 1),
  Enter: () => take(options()[chosen]),
  Tab: () => take(options()[chosen]),
  Escape: close,
};

function pressed(event) {
  const run = event.target === field && !event.ctrlKey && !event.isComposing && KEYS[event.key];
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

export function start() {
  listen(document, 'input', ({ target }) => target.matches('[data-mentions]') && pause(target));
  listen(document, 'keydown', pressed, true);
  listen(document, 'focusout', ({ target }) => target === field && close());
  listen(list, 'pointerdown', (event) => {
    event.preventDefault();
    const item = event.target.closest('[role=option]');
    if (item) take(item);
  });
}
