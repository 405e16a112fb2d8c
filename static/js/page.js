// The few words every module uses: finding, hearing, telling, sending.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
export const listen = (target, type, run, options) => target.addEventListener(type, run, options);
export const hear = (name, run) => listen(document, `annotator:${name}`, (event) => run(event.detail));
export const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`annotator:${name}`, { detail }));

/** Runs once nothing has asked for it during `ms`. */
export function quiet(run, ms) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(run, ms, ...values);
  };
}

/** Runs at most once a frame. */
export function framed(run) {
  let asked = 0;
  return () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      run();
    });
  };
}

export const token = () => $('meta[name=csrf-token]')?.content ?? '';
let ended = false;
/** To be called when the server refused our session or its token. */
export const sessionEnded = () => (ended = true);

/** Takes over the session that the same person has begun in another tab. Whether it did. */
export async function renew() {
  if (!ended) return false;
  const answer = await fetch(location.href).catch(() => null);
  const page = new DOMParser().parseFromString((await answer?.text()) ?? '', 'text/html');
  if (page.body.dataset.user !== document.body.dataset.user) return false;
  $('meta[name=csrf-token]').content = $('meta[name=csrf-token]', page).content;
  $$('[name=csrf_token]').forEach((field) => (field.value = token()));
  ended = false;
  return true;
}

/** An address of ours, wherever the site is mounted. */
export const at = (path) => $('.brand').getAttribute('href').replace(/\/$/, '') + path;

/** The version that this page shows, for answers that speak of the same one. */
export const shown = () => document.body.dataset.version ?? '';

/** A request to our server: an object goes as JSON, URLSearchParams as a form. Rejects when there is no connection. */
export function send(url, body, signal) {
  const headers = { 'HX-Request': 'true', Accept: 'text/html', 'X-Version': shown() };
  const json = body && !(body instanceof URLSearchParams);
  if (body) headers['X-CSRFToken'] = token();
  if (json) headers['Content-Type'] = 'application/json';
  signal ??= AbortSignal.timeout(15000);
  return fetch(url, { method: body ? 'POST' : 'GET', body: json ? JSON.stringify(body) : body, headers, signal });
}

/** Markup as nodes: the server's, or words of ours; never what somebody typed. */
export function nodes(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

export const node = (html) => nodes(html).firstElementChild;
