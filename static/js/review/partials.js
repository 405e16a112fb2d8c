// Puts the server's answers into the page: repainted blocks, cards in the order of the text, the tally.
import { $, $$, node as made, nodes, tell } from '../page.js';
import { keepsDraft } from '../forms.js';
import { repaint } from './paint.js';
import { count } from './textmap.js';
import { select, selected } from './selection.js';

/** The order of the text: by start, the longer one first, then by number. */
export function follows(one, other) {
  return one.start - other.start || other.end - one.end || one.n - other.n;
}

/** Applies an answer, unless a newer one came before it; returns the words beside the partials. */
export function apply(html, headers, own) {
  const answer = nodes(html);
  const pieces = $$('hx-partial', answer).map((piece) => {
    piece.remove();
    const [target, swap] = ['hx-target', 'hx-swap'].map((name) => piece.getAttribute(name));
    return { target: $(target), swap, node: piece.firstElementChild };
  });
  const late = +(headers.get('X-Revision') ?? Infinity) < +document.body.dataset.revision;
  if (!late) applyAll(pieces, own);
  return answer.textContent.trim();
}

/** Swapping a block drops a selection inside it, so the selection is carried over by its offsets. */
export function applyAll(pieces, own) {
  const span = selected();
  pieces.forEach((piece) => put(piece, own));
  repaint();
  if (span) select(span);
  tell('changed', {});
}

function put({ target, swap, node }, own) {
  if (!target || node?.isEqualNode(target)) return;
  if (target.id === 'cards') return putCard(node, own);
  if (swap === 'delete' && !own && keepsDraft(target)) return notice($('.card', target), 'Deleted by somebody else.');
  if (swap === 'delete') return target.remove();
  if (target.id === 'deleted' && $('[open]', target)) $('details', node)?.toggleAttribute('open', true);
  target.replaceWith(node);
  htmx.process(node);
  const open = $('.card[data-open]', node);
  if (open) tell('opened', open);
}

function putCard(item, own) {
  const card = item.firstElementChild;
  const old = document.getElementById(card.id);
  if (old && +old.dataset.row >= +card.dataset.row) return;
  if (old?.hasAttribute('data-open')) return outdated(old, card, own);
  old?.closest('li').remove();
  const items = $('#cards').children;
  const at = count(items, ({ firstElementChild: other }) => follows(other.dataset, card.dataset) <= 0);
  $('#cards').insertBefore(item, items[at] ?? null);
  htmx.process(item);
}

/** An open card is fetched again, unless somebody is typing in it: then it says that it has changed. */
function outdated(old, { dataset: { row, start, end } }, own) {
  Object.assign(old.dataset, { row, start, end });
  if (!own && keepsDraft(old)) notice(old, 'Changed by somebody else:', 'show');
  else tell('reopen', old);
}

function notice(card, words, command) {
  $('.changed', card)?.remove();
  const line = made('<p class="changed" role="status"></p>');
  if (command) line.innerHTML = `<button type="button" data-command="${command}">${command}</button>`;
  line.prepend(words, ' ');
  card.prepend(line);
}
