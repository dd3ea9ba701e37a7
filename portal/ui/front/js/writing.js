// A long text that saves itself: <form data-saves-itself> with #autosave (htmx), #saved (what the portal said) and a hidden `version`. Nothing is kept
// in the browser's storage; what could not be sent stays in the fields and goes when the line is back.
import htmx from 'htmx.org';
import { isAway, lineIsBack } from './line.js';

const formOf = () => document.querySelector('form[data-saves-itself]');
const isSave = (event) => event.detail.elt?.id === 'autosave';
const inConflict = () => Boolean(document.querySelector('#conflict [data-conflict]'));
const saveNow = () => htmx.trigger('#autosave', 'estafeta:save');

function keepVersion(form, version) {
  let field = form.elements.version;
  if (!field) {
    field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'version' });
    form.prepend(field);
  }
  field.value = version;
}

function say(words) {
  const place = document.getElementById('saved');
  if (place) place.textContent = words;
}

let waits = false;
async function waitForLine(cause) {
  say(cause === 'line' ? 'Связи нет. Написанное остаётся в полях, сохраним, когда связь вернётся.' : 'Портал сейчас не отвечает. Написанное остаётся в полях, сохраним позже.');
  if (waits) return;
  waits = true;
  await lineIsBack(0, new AbortController().signal);
  waits = false;
  saveNow();
}

function answered(place) {
  const form = formOf();
  const said = place.querySelector('[data-version]');
  if (!form || !said) return;
  keepVersion(form, said.dataset.version);
  form.dataset.save = said.dataset.save;
  delete form.dataset.unsaved;
}

// «Взять сохранённое» puts what is stored into the field; «Сохранить то, что сейчас в полях» goes on from the stored version.
function choose(event) {
  const take = event.target.closest('[data-take]');
  const keep = event.target.closest('[data-keep]');
  const form = formOf();
  if (!form || !(take || keep)) return;
  if (take) {
    const field = form.elements[take.dataset.take];
    field.value = document.querySelector(`[data-theirs="${CSS.escape(take.dataset.take)}"]`).value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
    return;
  }
  keepVersion(form, keep.dataset.keep);
  document.getElementById('conflict').replaceChildren();
  saveNow();
}

export function saveByItself() {
  document.addEventListener('input', (event) => { const { form } = event.target; if (form?.matches?.('[data-saves-itself]')) form.dataset.unsaved = 'yes'; });
  document.addEventListener('htmx:configRequest', (event) => { if (isSave(event) && formOf()?.dataset.save) event.detail.path = formOf().dataset.save; });
  document.addEventListener('htmx:beforeRequest', (event) => {
    if (!isSave(event)) return;
    if (inConflict() || formOf()?.dataset.sent) event.preventDefault(); // a choice is waited for; or the button has been pressed
  });
  document.addEventListener('htmx:sendError', (event) => { if (isSave(event)) waitForLine('line'); });
  document.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr, requestConfig } = event.detail;
    if (requestConfig?.elt?.id !== 'autosave') return;
    if (isAway(xhr.status, (name) => xhr.getResponseHeader(name))) waitForLine('portal');
  });
  document.addEventListener('htmx:afterSwap', (event) => {
    const { target } = event.detail;
    if (target.id === 'saved') answered(target);
    if (target.id !== 'conflict') return;
    say('Не сохранено: этот текст изменили в другом месте.');
    target.firstElementChild.focus(); // what is to be chosen comes into sight
  });
  document.addEventListener('click', choose);
  document.addEventListener('visibilitychange', () => { if (document.hidden && formOf()?.dataset.unsaved) saveNow(); });
}
