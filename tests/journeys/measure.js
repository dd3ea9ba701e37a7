// What of a page cannot be reached at the present width: the page itself scrolls sideways, something hides its overflow and has some, or scrolls
// and cannot be reached by the keyboard; a word is broken in the middle; or the air of a template stands before a sign. `letters`: the attributes of the low-vision scheme which the server
// would print. Returns sentences, none is good; and how high the page is.
async ({ width, letters }) => {
  const root = document.documentElement, found = [];
  for (const name of ["vision", "size", "spacing"]) if (letters) root.dataset[name] = letters[name] ?? "";
  // letters as they were designed, and the end of a frame: what watches sizes has heard of the new one
  await document.fonts.ready;
  await new Promise((next) => { requestAnimationFrame(() => setTimeout(next)); });
  if (innerWidth !== width) found.push(`the window is ${innerWidth} wide, not ${width}`);
  const named = (e) => `${e.tagName.toLowerCase()}.${e.className.baseVal ?? e.className} «${e.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}»`;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest(".visually-hidden"));
    found.push(`the page scrolls sideways because of ${wide.slice(0, 4).map(named).join(", ")}`);
  }
  for (const e of document.querySelectorAll("body *")) {
    if (e.scrollWidth <= e.clientWidth + 1 || !e.clientWidth || !e.checkVisibility() || e.closest("svg, .visually-hidden, [inert]") || e.matches("input, select, textarea, progress")) continue;
    const { overflowX: flow, clipPath } = getComputedStyle(e);
    if (clipPath !== "none") continue; // said to readers of a screen only
    if (flow === "hidden" || flow === "clip") found.push(`${named(e)} hides ${e.scrollWidth - e.clientWidth} px`);
    if (flow === "auto" || flow === "scroll") {
      if (e.tabIndex < 0 && !e.querySelector("a[href], button, input, select, textarea, summary, [tabindex]")) found.push(`${named(e)} scrolls, but not by keyboard`);
    }
  }
  if (!root.dataset.size) broken(found);
  if (width === 390 && !letters) airy(found);
  const height = root.scrollHeight;
  for (const name of ["vision", "size", "spacing"]) if (letters) delete root.dataset[name];
  return { found, height };

  // A new line of a template is a space: «Иванова , учитель», «( 3 )».
  function airy(found) {
    for (const gap of document.body.innerText.matchAll(/.{0,30}(?:\S[ \u00a0]+[,.;:!?»)](?=\s|$)|[«(][ \u00a0]).{0,30}/gmu)) found.push(`a space too many: «${gap[0]}»`);
  }

  // A word of the portal's own that stands in two lines, where letters are as they were designed: nobody reads «Потребнос-ти».
  function broken(found) {
    const range = document.createRange();
    for (const e of document.querySelectorAll("h1, .btn, .tabbar a, .kpi dt")) {
      if (!e.checkVisibility() || e.closest(".visually-hidden")) continue;
      const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) if (getComputedStyle(texts.currentNode.parentElement).clipPath === "none") for (const word of texts.currentNode.data.matchAll(/[\p{L}\p{N}]{2,20}(?![\p{L}\p{N}])/gu)) {
        // not the end of a word longer than any of ours, nor a surname that is held by its initials
        if (/[\p{L}\p{N}\u00a0]/u.test(texts.currentNode.data[word.index - 1] ?? "")) continue;
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1) found.push(`${named(e)} breaks «${word[0]}»`);
      }
    }
  }
}
