// A question longer than an address can carry leaves with its beginning, cut at a word. What was typed stays in the field,
// and the portal says on its page that it has read the beginning only (config/edges.py).
const LONGEST = 5000;

export function shortenQuestions() {
  document.addEventListener('formdata', (event) => {
    if (event.target.method !== 'get') return;
    for (const [name, value] of [...event.formData.entries()]) {
      if (typeof value !== 'string' || value.length <= LONGEST) continue;
      const beginning = value.slice(0, LONGEST);
      event.formData.set(name, beginning.slice(0, Math.max(beginning.lastIndexOf(' '), 0)) || beginning);
    }
  });
}
