// Small help over pages that already work without it: htmx settings, presses that wait for the line, dialogs, file names, toasts.
import htmx from 'htmx.org';
import { tellLostConnection } from './line.js';
import { htmxWaitsToo, sendByScript } from './press.js';
import { pasteShaped } from './paste.js';
import { letReach } from './reach.js';
import { countSigns, countedAlready } from './signs.js';
import { shortenQuestions } from './question.js';
import { saveByItself } from './writing.js';

document.documentElement.classList.add('has-js');
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages with personal data do not stay in the browser's storage
htmx.config.responseHandling = [{ code: '204', swap: false }, { code: '[2345]..', swap: true }];
document.addEventListener('htmx:configRequest', (event) => {
  const token = document.querySelector('[name=csrfmiddlewaretoken]');
  if (token) event.detail.headers['X-CSRFToken'] = token.value;
});

// <details data-dialog="…"> is what stands there without scripts; here its body becomes a modal dialog.
function makeDialogs(scope) {
  scope.querySelectorAll('details[data-dialog]:not([data-ready])').forEach((details) => {
    details.dataset.ready = 'yes';
    const body = details.querySelector('.dialog-e');
    const dialog = document.createElement('dialog');
    dialog.className = 'dialog-frame';
    dialog.setAttribute('aria-labelledby', body.getAttribute('aria-labelledby'));
    details.after(dialog);
    details.querySelector('summary').addEventListener('click', (event) => {
      event.preventDefault();
      dialog.append(body);
      dialog.showModal();
    });
    dialog.addEventListener('click', (event) => {
      if (event.target.closest('[data-close]')) { event.preventDefault(); dialog.close(); }
    });
  });
}

function nameFiles(scope) {
  scope.querySelectorAll('.drop input[type=file]').forEach((input) => input.addEventListener('change', () => {
    const most = Number(input.dataset.most || 0);
    const large = [...input.files].find((file) => most && file.size > most);
    const names = [...input.files].map((file) => file.name).join(', ');
    const said = input.closest('.drop').querySelector('[data-file-name]');
    if (large) input.value = '';
    const refused = large && `${large.name}: ${input.dataset.refusal} Остальное на месте.`; // the server's own sentence
    if (said) said.textContent = refused || (names ? `Выбран файл: ${names}` : '');
  }));
}

function closeToasts() {
  document.addEventListener('click', (event) => {
    const close = event.target.closest('[data-dismiss]');
    if (!close) return;
    close.closest('.toast-e, .notice').remove();
    document.getElementById('main')?.focus({ preventScroll: true }); // not to the page's very beginning
  });
}

// An open menu of the head closes on Escape and on a press outside it.
function closeMenus() {
  const open = () => document.querySelectorAll('details[data-menu][open]');
  document.addEventListener('click', (event) => open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') open().forEach((menu) => { menu.open = false; menu.querySelector('summary').focus(); });
  });
}

// What an answer asks for comes into sight with the answer: <details data-opened-by="field=value">.
function openWhatIsAsked() {
  document.addEventListener('change', (event) => {
    const { form, name, value } = event.target;
    form?.querySelector(`details[data-opened-by="${CSS.escape(name)}=${CSS.escape(value)}"]`)?.setAttribute('open', '');
  });
}

function liven(scope) {
  makeDialogs(scope);
  nameFiles(scope);
  countedAlready(scope);
  letReach(scope);
}

document.addEventListener('htmx:load', (event) => liven(event.detail.elt));
document.addEventListener('estafeta:page', () => { liven(document.body); tellLostConnection(); });
document.addEventListener('estafeta:back', tellLostConnection);
window.addEventListener('online', tellLostConnection);
window.addEventListener('offline', tellLostConnection);
shortenQuestions();
tellLostConnection();
sendByScript();
countSigns();
htmxWaitsToo();
saveByItself();
pasteShaped();
closeToasts();
closeMenus();
openWhatIsAsked();
document.querySelector('[data-focus]')?.focus();

// On paper everything folded is open, but the menus of the head; afterwards it is as it was.
const unfolded = [];
window.addEventListener('beforeprint', () => document.querySelectorAll('details:not([open], [data-menu], [data-dialog])').forEach((details) => {
  details.open = true;
  unfolded.push(details);
}));
window.addEventListener('afterprint', () => unfolded.splice(0).forEach((details) => { details.open = false; }));
