// A table wider than its sheet scrolls inside it. Whoever has no mouse reaches it by Tab and moves it by the arrows; what fits is no stop on the way.
const SCROLLS = '.sheet-flush, .scroll-x';

function reach(part) {
  const wide = part.scrollWidth > part.clientWidth + 1;
  if (wide === part.hasAttribute('data-wide')) return;
  part.toggleAttribute('data-wide', wide);
  if (!wide) { ['tabindex', 'role', 'aria-label'].filter((name) => part.dataset.reach?.includes(name)).forEach((name) => part.removeAttribute(name)); return; }
  const said = part.querySelector('caption, h2, h3')?.textContent.trim() ?? 'Таблица';
  const given = Object.entries({ tabindex: '0', role: 'region', 'aria-label': `${said}: прокручивается вбок` }).filter(([name]) => !part.hasAttribute(name));
  given.forEach(([name, value]) => part.setAttribute(name, value));
  part.dataset.reach = given.map(([name]) => name).join(' ');
}

const watch = new ResizeObserver((seen) => seen.forEach(({ target }) => reach(target.closest(SCROLLS))));

export function letReach(scope) {
  const parts = [...scope.querySelectorAll(SCROLLS), ...(scope.matches?.(SCROLLS) ? [scope] : [])];
  parts.forEach((part) => { watch.observe(part); [...part.children].forEach((child) => watch.observe(child)); });
}
