// The cases in tests/vectors/, which Python reads as well.
import { readFileSync } from 'node:fs';

export const read = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));

/** A canonical text as the blocks a page would show. */
export function blocksOf(text) {
  let start = 0;
  return text.split('\n\n').map((words) => {
    const block = { start, text: words };
    start += [...words].length + 2;
    return block;
  });
}
