// Counts what is typed or pasted into a field that holds only so many signs. Nothing is cut: how much is over is said at the field, and the form
// says it once more when it is sent. A line's end is one sign, as the portal counts it.
const NEAR = 0.8; // silent until so much of the field is full

const lengthOf = (text) => [...text.replace(/\r\n/g, '\n').trim()].length;
const numeral = (number) => number.toLocaleString('ru-RU');

function noteOf(field) {
  const known = field.id && document.getElementById(`${field.id}_signs`);
  if (known) return known;
  const note = document.createElement('p');
  note.className = 'signs-count';
  note.id = `${field.id}_signs`;
  note.setAttribute('role', 'status');
  field.after(note);
  field.setAttribute('aria-describedby', [field.getAttribute('aria-describedby'), note.id].filter(Boolean).join(' '));
  return note;
}

function count(field) {
  const most = Number(field.dataset.signs);
  const now = lengthOf(field.value);
  if (now < most * NEAR && !document.getElementById(`${field.id}_signs`)) return;
  const note = noteOf(field);
  const over = now - most;
  note.classList.toggle('is-over', over > 0);
  const said = over > 0 ? `Лишних знаков: ${numeral(over)}. Помещается ${numeral(most)}, сейчас ${numeral(now)}.` : `Знаков: ${numeral(now)} из ${numeral(most)}.`;
  if (note.textContent !== said) note.textContent = now < most * NEAR ? '' : said;
}

export function countSigns() {
  document.addEventListener('input', (event) => { if (event.target.dataset?.signs) count(event.target); });
}

export function countedAlready(scope) {
  scope.querySelectorAll('[data-signs]').forEach(count);
}
