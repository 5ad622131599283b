// Paths of the app; all state of a list is in the query.
import { useEffect, useState } from 'preact/hooks';

const hear = new Set<() => void>();

export function go(path: string, replace = false): void {
  if (path === location.pathname + location.search) return;
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  hear.forEach((f) => f());
}
window.addEventListener('popstate', () => hear.forEach((f) => f()));

export function usePlace(): { path: string; query: URLSearchParams } {
  const [, turn] = useState(0);
  useEffect(() => {
    const f = (): void => turn((n) => n + 1);
    hear.add(f);
    return () => { hear.delete(f); };
  }, []);
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** Links inside the app do not reload it. */
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest?.('a');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.shiftKey || event.metaKey) return;
  const url = new URL(link.href, location.href);
  if (url.origin !== location.origin || url.pathname.startsWith('/api/') || link.hasAttribute('download')) return;
  event.preventDefault();
  go(url.pathname + url.search);
});
