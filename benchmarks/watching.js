// Runs in the page before anything of its own: notes when what somebody waits for has been painted.
// "Painted" is the task after the next animation frame in which the condition holds.
(() => {
  const $$ = (selector) => document.querySelectorAll(selector);
  const told = (window.bench = { marks: {}, tags: [], opens: [] });
  const painted = (run) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => run(performance.now());
    port2.postMessage(0);
  });
  const when = (holds, run) => requestAnimationFrame(() => (holds() ? painted(run) : when(holds, run)));

  const parsed = () => document.readyState !== 'loading' || $$('.cards-pane').length > 0;
  when(() => parsed() && $$('#article-text .block').length, (now) => (told.marks.text = now));
  when(() => document.readyState !== 'loading' && $$('#cards.placed > li').length, (now) => (told.marks.placed = now));

  document.addEventListener('keydown', (event) => {
    const began = event.timeStamp;
    if (event.key === 'c') {
      const entry = { known: $$('#cards > li').length };
      told.tags.push(entry);
      when(() => CSS.highlights.has('pending-claim') || $$('#cards > li').length > entry.known, (now) => (entry.painted = now - began));
      document.addEventListener('annotator:saved', () => painted((now) => (entry.confirmed = now - began)), { once: true });
    }
    if (event.key === 'J') {
      const entry = {};
      told.opens.push(entry);
      const before = $$('.card[data-open]')[0];
      when(() => CSS.highlights.has('active'), (now) => (entry.painted = now - began));
      when(() => $$('.card[data-open].active')[0] && $$('.card[data-open].active')[0] !== before, (now) => (entry.opened = now - began));
    }
  }, true);

  /** Waits until an entry has all of these times, and returns it. */
  told.until = (list, at, names) => new Promise((done, failed) => {
    const deadline = performance.now() + 120000;
    const look = () => {
      const entry = at === null ? told[list] : told[list][at];
      if (names.every((name) => entry?.[name])) done(entry);
      else if (performance.now() > deadline) failed(new Error(`${list} ${at} ended with ${JSON.stringify(entry)}`));
      else setTimeout(look, 20);
    };
    look();
  });

  told.scroll = (frames, step) => new Promise((done) => {
    const lasted = [];
    let before;
    const next = (now) => {
      if (before) lasted.push(now - before);
      before = now;
      if (lasted.length === frames) return done(lasted);
      scrollBy(0, step);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });

  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (told.longest = Math.max(told.longest ?? 0, duration))))
    .observe({ type: 'longtask', buffered: true });
})();
