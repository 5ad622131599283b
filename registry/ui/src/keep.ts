// Drafts: kept a moment after each change, and at once when the page goes.
import { useEffect, useRef } from 'preact/hooks';

export function useKept(write: () => void, changed: unknown): void {
  const ref = useRef(write);
  ref.current = write;
  useEffect(() => {
    const timer = setTimeout(() => ref.current(), 400);
    return () => clearTimeout(timer);
  }, [changed]);
  useEffect(() => {
    const now = (): void => ref.current();
    addEventListener('pagehide', now);
    return () => removeEventListener('pagehide', now);
  }, []);
}
