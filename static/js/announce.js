import { $ } from './page.js';

/** Says it to screen readers. The no-break space makes the same words news again. */
export function announce(words) {
  const place = $('#announcer');
  if (place) place.textContent = place.textContent === words ? `${words}\u00a0` : words;
}
