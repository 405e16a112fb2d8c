// On the list of articles: those with marks that this browser has not sent yet. Their own pages send them.
import { $, at, node } from './page.js';
import { keysOf } from './store.js';

function link(id) {
  const path = at(`/articles/${id}`);
  const made = node('<a></a>');
  made.href = path;
  made.textContent = $(`th a[href="${path}"]`)?.textContent ?? `article ${id}`;
  return made;
}

export function start() {
  const articles = [...new Set(keysOf('queue:').map((key) => key.split(':')[1]))];
  if (!articles.length) return;
  const line = node('<p class="flash flash-warning" role="status">Not sent yet from this computer. Open to send: </p>');
  line.append(...articles.flatMap((id, at) => [at ? ', ' : '', link(id)]));
  $('.page-head').after(line);
}
