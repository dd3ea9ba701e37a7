// Is the line there? Nothing is kept anywhere by asking.
const PAUSES = [1, 2, 3, 5, 8, 10]; // seconds between two looks; the browser's own word comes sooner
const GATEWAY = [502, 503, 504];

export const sleep = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

// A small question to the portal itself: the browser's «online» says only that there is some network.
export async function alive() {
  if (!navigator.onLine) return false;
  try {
    return (await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

// Resolves when the portal can be asked again; `turn` is how often it was waited for already.
export async function lineIsBack(turn, stop) {
  for (let look = turn; !stop.aborted; look += 1) {
    await Promise.race([sleep(PAUSES[Math.min(look, PAUSES.length - 1)]), happens(window, 'online'), happens(stop, 'abort')]);
    if (await alive()) return;
  }
}

function happens(where, what) {
  return new Promise((resolve) => { where.addEventListener(what, resolve, { once: true }); });
}

// The portal behind its proxy is away: the proxy's own page, or ours that says when to ask again. A part that rests answers for itself.
export function isAway(status, header) {
  return GATEWAY.includes(status) && (status !== 503 || Boolean(header('Retry-After')) || !header('X-Request-ID'));
}

export function tellLostConnection() {
  const strip = document.querySelector('[data-net]');
  if (strip) strip.hidden = navigator.onLine;
}
