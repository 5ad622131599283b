// Shortcuts by physical key (ui.md 5.1): input methods rewrite letters, not codes.
import { useEffect, useRef } from 'preact/hooks';

export type Keys = Record<string, (event: KeyboardEvent) => void>;
const layers: { current: Keys }[] = [];

export function singleKeys(): boolean { return localStorage.getItem('single-keys') !== 'off'; }

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function nameOf(event: KeyboardEvent): string {
  const parts = [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.shiftKey && 'Shift'].filter(Boolean);
  return [...parts, event.code.replace(/^(Key|Digit)/, '')].join('+');
}

window.addEventListener('keydown', (event) => {
  if (event.isComposing || !event.code || event.metaKey) return;
  const name = nameOf(event);
  const single = !event.ctrlKey && !event.altKey && !/^(F\d+|Escape|Arrow\w+|Enter)$/.test(event.code);
  if (isField(event.target) && !/^(Ctrl|Alt|F\d|Escape)/.test(name)) return;
  if (single && !singleKeys()) return;
  if (event.code === 'Enter' && !event.ctrlKey && event.target instanceof HTMLElement && /^(BUTTON|A|SUMMARY)$/.test(event.target.tagName)) return;
  for (let i = layers.length - 1; i >= 0; i--) {
    const act = layers[i].current[name];
    if (!act) continue;
    event.preventDefault();
    act(event);
    return;
  }
});

/** These keys while the component is there; the newest layer answers first. */
export function useKeys(keys: Keys): void {
  const holder = useRef(keys);
  holder.current = keys;
  useEffect(() => {
    layers.push(holder);
    return () => { layers.splice(layers.indexOf(holder), 1); };
  }, []);
}
