// What the screen that is shown writes into the top bar.
import { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface Bar { title: string; count?: ComponentChildren; back?: string; aside?: ComponentChildren; search?: boolean }

let now: Bar | null = null;
let changed: () => void = () => undefined;

/** The title and what stands beside it, while the component is there. */
export function useBar(bar: Bar): void {
  useEffect(() => {
    now = bar;
    document.title = `${bar.title} · Sổ văn bản`;
    changed();
  });
  useEffect(() => () => { now = null; changed(); }, []);
}

/** For the bar alone. */
export function useBarShown(): Bar | null {
  const [, turn] = useState(0);
  changed = () => turn((n) => n + 1);
  return now;
}
