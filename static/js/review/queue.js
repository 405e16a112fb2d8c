// Writes waiting for the server, as plain data: kept, replayed and tested without a browser.
// A job: { at: its number, a: annotation's uuid, verb, body, due: when to send, tries, sent: on its way }.
// One request at a time; order kept for each annotation.

export const add = (jobs, job) => {
  const last = jobs.findLast((other) => other.a === job.a);
  const replaced = job.verb === 'place' && last?.verb === 'place' && !last.sent;
  return [...(replaced ? jobs.filter((other) => other !== last) : jobs), job];
};

/** The heads: the first job of every annotation. */
const heads = (jobs) => jobs.filter((job, at) => jobs.findIndex((other) => other.a === job.a) === at);

export const ready = (jobs, now) => heads(jobs).find((job) => job.due <= now);
export const dueIn = (jobs, now) => Math.max(0, Math.min(...heads(jobs).map((job) => job.due)) - now);

/** What a status means; 0 is no connection. */
export function meaning(status) {
  if (status >= 200 && status < 300) return 'saved';
  if (status === 400 || status === 401) return 'held';
  if (status === 0 || status === 408 || status === 429 || status >= 500) return 'later';
  return 'refused';
}

/** Done: the annotation's next jobs stand on the row version this one made. */
export const done = (jobs, job, row) =>
  jobs.filter((other) => other.at !== job.at).map((other) =>
    other.a === job.a && row ? { ...other, body: { ...other.body, row } } : other);

/** Refused: what was to follow on the same annotation stood on it, so it goes too. */
export const refused = (jobs, job) => jobs.filter((other) => other.a !== job.a);

/** Put off: 1, 2, 4 … 30 seconds, ±20 % so that fifty pages do not come back at once. */
export function putOff(jobs, job, now, random = Math.random()) {
  const due = now + Math.min(30000, 1000 * 2 ** job.tries) * (0.8 + 0.4 * random);
  return jobs.map((other) => (other.at === job.at ? { ...job, due, tries: job.tries + 1, sent: false } : other));
}

export const hurry = (jobs) => jobs.map((job) => ({ ...job, due: Math.min(job.due, 0) }));

/** A random UUID; randomUUID is only there on https and localhost. */
export function uuid4(source = crypto) {
  if (source.randomUUID) return source.randomUUID();
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
