// A press of any POST form. It is sent by the script and not by the browser, so that a line that is down, or dies in the middle, never puts the
// browser's error page in place of what was typed: the press waits, and the same fields with the same repeat key go once more when the line is back.
// Bound to the document: a form need not ask for it. Nothing is kept in the browser's storage. Without scripts forms go as they always went.
import { alive, isAway, lineIsBack } from './line.js';
import { show } from './answers.js';
import { Waiting } from './waiting.js';

const HEADER = 'X-Press';
const GO = 'X-Go';
const SLOW = 20; // seconds without an answer, after which the line is looked at
const DEATHS = 3; // deaths of the request on a living line: the fault is in what is sent (a file changed on the disk, a body cut by a proxy)

const attribute = (form, button, name) => button?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
const isPost = (form, button) => attribute(form, button, 'method').toLowerCase() === 'post';
const addressOf = (form, button) => new URL(attribute(form, button, 'action') || location.href, location.href);

function fieldsOf(form, button) {
  const fields = new FormData(form);
  if (button?.name) fields.append(button.name, button.value);
  if (attribute(form, button, 'enctype') === 'multipart/form-data') return fields;
  const lines = new URLSearchParams();
  fields.forEach((value, name) => lines.append(name, String(value).replace(/\r?\n/g, '\r\n'))); // as a browser writes them
  return lines;
}

function busy(form, button) {
  form.dataset.sent = 'yes';
  button?.classList.add('is-busy');
  button?.setAttribute('aria-disabled', 'true');
}

export function wake() {
  document.querySelectorAll('form[data-sent]').forEach((form) => { delete form.dataset.sent; });
  document.querySelectorAll('.is-busy[aria-disabled]').forEach((button) => {
    button.classList.remove('is-busy');
    button.removeAttribute('aria-disabled');
  });
}

// One try. Nothing is answered when the line is down, the request died, or only the proxy answered.
async function attempt(press) {
  const dies = new AbortController();
  const die = () => dies.abort();
  window.addEventListener('offline', die, { once: true });
  press.waiting.stop.addEventListener('abort', die, { once: true });
  const watch = watchOver(dies);
  press.begun = true;
  try {
    const answer = await fetch(press.address, { method: 'POST', body: press.fields, headers: { [HEADER]: 'yes' }, cache: 'no-store', signal: dies.signal });
    if (isAway(answer.status, (name) => answer.headers.get(name))) return { cause: 'portal' };
    return { answer, go: answer.headers.get(GO), html: answer.headers.get(GO) ? '' : await answer.text() };
  } catch {
    return { cause: 'line' };
  } finally {
    clearInterval(watch);
    window.removeEventListener('offline', die);
  }
}

// A line may die without a word: when an answer is long in coming the portal is asked whether it is there at all.
function watchOver(dies) {
  let silent = 0;
  return setInterval(async () => {
    silent = (await alive()) ? 0 : silent + 1;
    if (silent > 1) dies.abort();
  }, SLOW * 1000);
}

async function deliver(press) {
  let deaths = 0;
  for (let turn = 0; !press.waiting.stop.aborted; turn += 1) {
    const told = navigator.onLine ? await attempt(press) : { cause: 'line' };
    if (told.answer || press.waiting.stop.aborted) return told;
    deaths = told.cause === 'line' && (await alive()) ? deaths + 1 : 0;
    if (deaths >= DEATHS) return { why: 'broken' };
    press.waiting.show(told.cause);
    await lineIsBack(turn, press.waiting.stop);
  }
  return {};
}

function go(address) {
  const to = new URL(address, location.href);
  if (to.hash && to.href.split('#')[0] === location.href.split('#')[0]) {
    history.replaceState(history.state, '', to); // only a place on this page: it is loaded anew all the same
    location.reload();
    return;
  }
  location.assign(to);
  setTimeout(wake, 8000); // a file that was downloaded leaves the page in place
}

async function pressed(form, button) {
  Waiting.forget(form);
  const press = { form, address: addressOf(form, button), fields: fieldsOf(form, button), waiting: new Waiting(form) };
  busy(form, button);
  const told = await deliver(press);
  if (!told.answer) {
    press.waiting.end(told.why ?? (press.begun ? 'perhaps' : 'cancelled'));
    wake();
    return;
  }
  press.waiting.end();
  if (told.go) { go(told.go); return; }
  wake();
  if (told.html) show(told.html, press.address.href);
}

export function sendByScript() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    const button = event.submitter;
    if (event.defaultPrevented || !isPost(form, button) || addressOf(form, button).origin !== location.origin) return;
    event.preventDefault();
    if (!form.dataset.sent) pressed(form, button);
  });
  window.addEventListener('pageshow', wake); // back from the browser's memory: the form may be sent again
  document.addEventListener('estafeta:back', wake);
}

// Forms that htmx sends (lists that are narrowed in place) wait in the same way, and are pressed again by themselves.
export function htmxWaitsToo() {
  const turns = new WeakMap();
  const again = async (form, cause) => {
    if (form.dataset.waits) return;
    form.dataset.waits = 'yes';
    const turn = turns.get(form) ?? 0;
    turns.set(form, turn + 1);
    Waiting.forget(form);
    const waiting = new Waiting(form);
    waiting.show(cause);
    await lineIsBack(turn, waiting.stop);
    delete form.dataset.waits;
    waiting.end(waiting.stop.aborted ? 'cancelled' : '');
    if (!waiting.stop.aborted) form.requestSubmit();
  };
  const formOf = (event) => (event.detail.elt instanceof HTMLFormElement ? event.detail.elt : null);
  document.addEventListener('htmx:sendError', (event) => { if (formOf(event)) again(formOf(event), 'line'); });
  document.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr } = event.detail;
    if (!isAway(xhr.status, (name) => xhr.getResponseHeader(name))) { if (formOf(event)) turns.delete(formOf(event)); return; }
    event.detail.shouldSwap = false; // what is on the page is better than the proxy's words
    if (event.detail.requestConfig.elt instanceof HTMLFormElement) again(event.detail.requestConfig.elt, 'portal');
  });
}
