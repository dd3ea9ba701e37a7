// The answer to a press that is a page of its own: a form with its errors, a refusal. It takes the place of the body; the page that was pressed is
// kept as it was in this tab's memory, so that «back» returns to it with everything typed and every file chosen.
import htmx from 'htmx.org';

const kept = new Map(); // name of the page in this tab → its body, as it stood
let count = 0;
const nextName = () => `${performance.timeOrigin}:${count++}`; // never that of a page which was there before a reload
let present = nextName();

export function show(html, address) {
  const next = new DOMParser().parseFromString(html, 'text/html');
  pointTo(next, address);
  document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
  kept.set(present, { body: document.body, title: document.title, top: window.scrollY });
  history.replaceState({ page: present }, '');
  present = nextName();
  history.pushState({ page: present }, '');
  put(document.adoptNode(next.body), next.title, 0);
  runScripts();
  htmx.process(document.body);
  document.dispatchEvent(new CustomEvent('estafeta:page'));
  (document.querySelector('[data-focus]') ?? document.getElementById('main'))?.focus();
}

function put(body, title, top) {
  document.body.replaceWith(body);
  document.title = title;
  window.scrollTo(0, top);
}

// The address bar keeps the page that was pressed (the pressed address may know no GET), so what is relative is said in full.
function pointTo(page, address) {
  page.querySelectorAll('form:not([action])').forEach((form) => form.setAttribute('action', address));
  page.querySelectorAll('a[href^="?"]').forEach((link) => link.setAttribute('href', new URL(link.getAttribute('href'), address).href));
}

// Scripts of a page put in like this do not run by themselves; the one that does this is here already.
function runScripts() {
  document.body.querySelectorAll('script[src]').forEach((script) => {
    const again = document.createElement('script');
    again.src = script.src;
    script.replaceWith(again);
  });
}

window.addEventListener('popstate', (event) => {
  const page = event.state?.page;
  if (page === undefined) return;
  const found = kept.get(page);
  if (!found) { location.reload(); return; }
  kept.set(present, { body: document.body, title: document.title, top: window.scrollY });
  present = page;
  put(found.body, found.title, found.top);
  document.dispatchEvent(new CustomEvent('estafeta:back'));
});
