// The evidence of a note: a pasted address tells the place in it, a known one what it is; files go up at once.
import { $, $$, at, hear, listen, node, send, token } from './page.js';

const ADDRESS = /^(https?:\/\/\S+\.\S+)(?:\s+(.*))?$/i;
const PAGE = /#(?:.*&)?page=(\d+)(?![^&])/;
const TIME = /[?&#]t=(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?(?![^&#])/;

/** A web address, and the place in it: the words behind it, else what its end says. The server does the same. */
export function apart(typed) {
  const found = ADDRESS.exec(typed.trim());
  return found ? [found[1], found[2]?.trim() || placeIn(found[1])] : [typed, ''];
}

function placeIn(address) {
  const page = PAGE.exec(address);
  const time = TIME.exec(address);
  if (page) return `page ${page[1]}`;
  return time ? clock(time.slice(1).reduce((sum, part) => sum * 60 + +(part ?? 0), 0)) : '';
}

function clock(whole) {
  const [hours, minutes, seconds] = [whole / 3600, (whole / 60) % 60, whole % 60].map(Math.floor);
  const two = (part) => `${part}`.padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

const field = (box, name) => $(`[name$="-${name}"]`, box);
const boxOf = (target) => target.closest?.('.evidence-form');

function fill(box, name, value) {
  const one = field(box, name);
  if (value && !one.value) one.value = value;
}

/** The reader's day, as the field takes it. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, '0')).join('-');
}

/** An address is there: when it was read, and what is known of it from other notes. */
function addressed(box) {
  const url = field(box, 'url');
  if (!url.value.trim()) return;
  fill(box, 'accessed_at', today());
  const known = [...($('#sources')?.options ?? [])].find(({ value }) => value === url.value);
  for (const name of ['title', 'publisher', 'source_type']) fill(box, name, known?.dataset[name]);
}

function settle(box) {
  const url = field(box, 'url');
  const [address, place] = apart(url.value);
  if (place && !field(box, 'locator').value) {
    if (address !== url.value.trim()) url.value = address;
    fill(box, 'locator', place);
  }
  addressed(box);
}

/** The first place for an address that is free; without one the form grows by one. */
export function reach(card) {
  const free = $$('.evidence-form', card).find((box) => ['url', 'description', 'file'].every((name) => !field(box, name).value));
  if (free) field(free, 'url').focus();
  else $('[name=more]', card).click();
}

function say(box, words) {
  const told = $('.attached', box);
  told.replaceChildren(node('<p class="hint" role="status"></p>'));
  told.firstChild.append(words);
}

/** Sends a chosen file at once; what it became goes into the form, and with the note only its name. */
function upload(input) {
  const box = boxOf(input);
  const [file] = input.files;
  if (!file) return;
  const most = +input.dataset.most;
  if (file.size > most * 2 ** 20) {
    input.value = '';
    return refuse(box, `${file.name} is larger than ${most} MB, the most this desk takes. Choose a smaller one.`);
  }
  const body = new FormData();
  body.append('file', file);
  const request = new XMLHttpRequest();
  request.open('POST', at('/files'));
  request.setRequestHeader('HX-Request', 'true');
  request.setRequestHeader('X-CSRFToken', token());
  listen(request.upload, 'progress', ({ loaded, total }) => say(box, `Sending ${file.name}, ${Math.floor((100 * loaded) / total)} %`));
  listen(request, 'load', () => uploaded(box, input, request));
  listen(request, 'error', () => say(box, `${file.name} could not be sent now; it goes with the note.`));
  say(box, `Sending ${file.name}`);
  request.send(body);
}

function uploaded(box, input, { status, responseText }) {
  if (status >= 400) {
    input.value = '';
    return refuse(box, node(responseText)?.textContent.trim() || 'The file could not be kept. Try again.');
  }
  const told = attach(box, responseText);
  field(box, 'file').value = told.dataset.sha256;
  input.value = '';
  field(box, 'file').dispatchEvent(new Event('input', { bubbles: true }));
}

function attach(box, html) {
  const told = node(html);
  $('.attached', box).replaceChildren(told);
  [, $('[name=detach]', told).value] = field(box, 'file').name.split('-');
  return told;
}

function refuse(box, words) {
  say(box, words);
  const line = $('.attached p', box);
  line.className = 'error';
  line.role = 'alert';
}

/** A file that a draft names is shown again. */
async function show(box) {
  const sha256 = field(box, 'file').value;
  if (!sha256 || $('.attached', box).childElementCount) return;
  say(box, 'File attached');
  const answer = await send(at(`/files/${sha256}`)).catch(() => null);
  if (answer?.ok && box.isConnected) attach(box, await answer.text());
}

export function start() {
  listen(document, 'change', ({ target }) => {
    const box = boxOf(target);
    if (box && target.type === 'file') upload(target);
    else if (box && target === field(box, 'url')) settle(box);
  });
  listen(document, 'input', ({ target }) => {
    const box = boxOf(target);
    if (box && target === field(box, 'url')) addressed(box);
  });
  listen(document, 'paste', ({ target }) => {
    const box = boxOf(target);
    if (box && target === field(box, 'url')) setTimeout(settle, 0, box);
  });
  hear('unsaved', () => $$('.evidence-form').forEach(show));
}
