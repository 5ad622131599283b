// What happens elsewhere: one stream for the page, its news to whoever asked.
// The service answers shortly and EventSource asks again by itself.
import { useEffect, useRef, useState } from 'preact/hooks';

export type News = 'queue' | 'number' | 'mailbox';
const names: News[] = ['queue', 'number', 'mailbox'];
const hear = new Set<{ names: News[]; tell: (name: News) => void }>();
const watch = new Set<() => void>();
let stream: EventSource | null = null;
let heard = Date.now();
let online = true;

function tell(name: News): void {
  hear.forEach((one) => { if (one.names.includes(name)) one.tell(name); });
}

function setOnline(next: boolean): void {
  if (online === next) return;
  online = next;
  watch.forEach((f) => f());
}

/** Opens the stream, again after signing in. */
export function openNews(): void {
  if (stream && stream.readyState !== EventSource.CLOSED) return;
  stream = new EventSource('/api/v1/events');
  stream.onopen = () => { heard = Date.now(); setOnline(true); };
  names.forEach((name) => stream?.addEventListener(name, () => tell(name)));
}

/* Truth is an answer that does not come; navigator.onLine is a hint. Hidden
 * pages are slowed down by the browser: they say nothing. */
setInterval(() => {
  if (document.hidden) return;
  const closed = !stream || stream.readyState === EventSource.CLOSED;
  setOnline(navigator.onLine && (closed || Date.now() - heard < 8000));
}, 1000);
document.addEventListener('visibilitychange', () => { heard = Date.now(); });
/* A proxy's error ends a stream for good: it is opened anew. */
setInterval(() => { if (stream?.readyState === EventSource.CLOSED) openNews(); }, 10000);
window.addEventListener('offline', () => setOnline(false));
/* Without the stream the old way: ask every 30 s. */
setInterval(() => { if (!stream || stream.readyState === EventSource.CLOSED) names.forEach(tell); }, 30000);

/** Tells what happened; with `every`, once in that many milliseconds. */
export function useNews(wanted: News[], act: (name: News) => void, every = 0): void {
  const ref = useRef(act);
  ref.current = act;
  useEffect(() => {
    let timer = 0;
    let last = 0;
    const now = (name: News): void => { timer = 0; last = Date.now(); ref.current(name); };
    const one = { names: wanted, tell: (name: News) => {
      if (!timer) timer = window.setTimeout(() => now(name), Math.max(0, last + every - Date.now()));
    } };
    hear.add(one);
    return () => { hear.delete(one); clearTimeout(timer); };
  }, []);
}

export function useOnline(): boolean {
  const [now, set] = useState(online);
  useEffect(() => {
    const f = (): void => set(online);
    watch.add(f);
    f();
    return () => { watch.delete(f); };
  }, []);
  return now;
}
