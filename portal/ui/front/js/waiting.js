// What a person sees while a press waits for the line: a notice in the form itself, also inside a dialog. The form stays as it is, and cannot be
// changed meanwhile: what was pressed is what is sent.

export class Waiting {
  constructor(form) {
    this.form = form;
    this.cancelled = new AbortController();
    this.asleep = [];
  }

  get stop() { return this.cancelled.signal; }

  show(cause) {
    if (!this.notice) this.#open();
    this.notice.querySelectorAll('[data-cause]').forEach((part) => { part.hidden = part.dataset.cause !== cause; });
  }

  #open() {
    this.notice = document.getElementById('press-waits').content.firstElementChild.cloneNode(true);
    this.notice.querySelector('button').addEventListener('click', () => this.cancelled.abort());
    this.asleep = [...this.form.children].filter((part) => !part.inert);
    this.asleep.forEach((part) => { part.inert = true; });
    this.form.append(this.notice);
    this.notice.focus(); // the button that had the focus sleeps now
    this.notice.scrollIntoView({ block: 'nearest' });
    window.addEventListener('beforeunload', stay);
  }

  // The form is the person's again. `why`: what is said instead of the waiting; nothing when the answer itself says it.
  end(why = '') {
    window.removeEventListener('beforeunload', stay);
    this.asleep.splice(0).forEach((part) => { part.inert = false; });
    if (!why) { this.notice?.remove(); return; }
    this.show(why);
    this.notice.querySelector('button').remove();
    this.notice.focus();
  }

  // A word of an earlier press is no longer true.
  static forget(form) {
    form.querySelectorAll('[data-press-waits]').forEach((notice) => notice.remove());
  }
}

function stay(event) {
  event.preventDefault(); // the browser asks whether to leave: what waits would be lost
}
