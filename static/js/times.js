// Times as the reader's clock shows them; the server writes UTC, which stays in the title.
import { $$, hear, listen } from './page.js';

const SHOWN = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' };

function localise() {
  for (const time of $$('time[datetime]:not([title])')) {
    time.title = time.textContent;
    if (time.title.endsWith('UTC')) time.textContent = new Date(time.dateTime).toLocaleString('en-GB', SHOWN);
  }
}

export function start() {
  localise();
  for (const name of ['opened', 'changed']) hear(name, localise);
  listen(document, 'htmx:after:swap', localise);
}
