// What is pasted from Word or from a page into a field of text comes as text that keeps its shape: a list as lines that begin with «— », a table as
// rows «a | b». The browser's own plain text loses both. Only for long fields; a field of one line takes the browser's text.
const MANY_SPACES = /[ \t\u00a0\n\r]+/g;
const BLOCKS = new Set(['P', 'DIV', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'BLOCKQUOTE', 'SECTION', 'ARTICLE', 'UL', 'OL', 'TR', 'TABLE', 'PRE', 'DL', 'DT', 'DD']);
const LEFT_OUT = new Set(['STYLE', 'SCRIPT', 'HEAD', 'TITLE', 'META', 'LINK', 'IMG']);
const DASH = '— ';

const inline = (text) => text.replace(MANY_SPACES, ' ').trim();
const styleOf = (node) => (node.getAttribute('style') ?? '').toLowerCase();
const isWordsListItem = (node) => node.tagName === 'P' && /mso-list:(?!\s*(none|ignore))/.test(styleOf(node));
const isBullet = (node) => /mso-list:\s*ignore/.test(styleOf(node)); // «·» or «1.» that Word writes before the words

class Lines {
  constructor() { this.done = []; this.now = ''; this.sign = ''; }

  end() {
    const line = inline(this.now);
    if (line) { this.done.push(this.sign + line); this.sign = ''; }
    this.now = '';
  }

  begin(sign) { this.end(); this.sign = sign; }
}

function read(node, lines) {
  if (node.nodeType === Node.TEXT_NODE) { lines.now += node.data; return; }
  if (node.nodeType !== Node.ELEMENT_NODE || LEFT_OUT.has(node.tagName) || isBullet(node)) return;
  if (node.tagName === 'BR') { lines.end(); return; }
  if (node.tagName === 'TR') { readRow(node, lines); return; }
  const item = node.tagName === 'LI' || isWordsListItem(node);
  if (item) lines.begin(DASH);
  else if (BLOCKS.has(node.tagName)) lines.end();
  node.childNodes.forEach((child) => read(child, lines));
  if (item || BLOCKS.has(node.tagName)) { lines.end(); lines.sign = ''; }
}

function readRow(row, lines) {
  lines.begin('');
  const cells = [...row.cells].map((cell) => textOf(cell).split('\n').join(' '));
  if (cells.some(Boolean)) lines.done.push(cells.join(' | '));
}

function textOf(node) {
  const lines = new Lines();
  node.childNodes.forEach((child) => read(child, lines));
  lines.end();
  return lines.done.join('\n');
}

export const shapedText = (html) => textOf(new DOMParser().parseFromString(html, 'text/html').body);

// By the browser's own command, so that «отменить» takes it back; where there is none, by hand.
function insert(field, text) {
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

export function pasteShaped() {
  document.addEventListener('paste', (event) => {
    const field = event.target;
    const html = event.clipboardData?.getData('text/html');
    if (field.tagName !== 'TEXTAREA' || field.readOnly || !html || !/<(li|tr|p[^>]+mso-list)\b/i.test(html)) return;
    event.preventDefault();
    insert(field, shapedText(html));
  });
}
