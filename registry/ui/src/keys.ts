// Shortcuts by physical key (ui.md 5.1): input methods rewrite letters, not codes.
import { useLayoutEffect, useRef } from 'preact/hooks';

export type Keys = Record<string, (event: KeyboardEvent) => void>;
const layers: { current: Keys }[] = [];

export function singleKeys(): boolean { return localStorage.getItem('single-keys') !== 'off'; }

export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function nameOf(event: KeyboardEvent): string {
  const parts = [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.shiftKey && 'Shift'].filter(Boolean);
  return [...parts, event.code.replace(/^(Key|Digit)/, '').replace('NumpadEnter', 'Enter')].join('+');
}

let next: { until: number; take: (name: string) => boolean } | null = null;

/** The next key goes here first, for so many milliseconds; false: not mine. */
export function expectKey(milliseconds: number, take: (name: string) => boolean): void {
  next = { until: Date.now() + milliseconds, take };
}

/** In a field a letter is a letter: only these keys act there. */
const inFields = /^(F\d+|Escape|Ctrl\+Enter|Ctrl\+S|Ctrl\+Shift\+Z|Alt\+.*)$/;
const manySigned = /^(F\d+|Escape|Arrow\w+|Enter|Space|Home|End|Page\w+)$/;

function act(event: KeyboardEvent): void {
  if (event.isComposing || !event.code || event.metaKey || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const name = nameOf(event);
  if (isField(event.target) && !inFields.test(name)) return;
  const single = !event.ctrlKey && !event.altKey && !manySigned.test(event.code);
  if (single && !singleKeys()) return;
  const expected = next;
  next = null;
  if (expected && Date.now() < expected.until && expected.take(name)) { event.preventDefault(); return; }
  const press = /^(Shift\+)?(Enter|Space)$/.test(name);
  if (press && event.target instanceof HTMLElement && /^(BUTTON|A|SUMMARY|SELECT)$/.test(event.target.tagName)) return;
  for (let i = layers.length - 1; i >= 0; i--) {
    const f = layers[i].current[name];
    if (!f) continue;
    event.preventDefault();
    f(event);
    return;
  }
}
window.addEventListener('keydown', act);

/** These keys while the component is there; the newest layer answers first. */
export function useKeys(keys: Keys): void {
  const holder = useRef(keys);
  holder.current = keys;
  useLayoutEffect(() => {
    layers.push(holder);
    return () => { layers.splice(layers.indexOf(holder), 1); };
  }, []);
}
