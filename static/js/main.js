import * as evidence from './evidence.js';
import * as forms from './forms.js';
import * as going from './going.js';
import * as htmxSetup from './htmx-setup.js';
import * as mentions from './mentions.js';
import * as times from './times.js';

document.documentElement.classList.add('js');
times.start();
htmxSetup.start();
forms.start();
evidence.start();
mentions.start();
going.start();
if (document.body.dataset.page === 'import') import('./importing.js').then((module) => module.start());
if (document.body.dataset.page === 'queue') import('./queue-list.js').then((module) => module.start());
if (document.body.dataset.page === 'articles') import('./unsent.js').then((module) => module.start());
