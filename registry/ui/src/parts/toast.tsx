// One message at a time, with its undo while it lasts (ui.md 7.3).
import { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '.';
import { say } from '../words';

export interface Toast { text: string; undo?: () => void; seconds?: number; more?: { label: string; keys: string; press: () => void } }

let show: (toast: Toast | null) => void = () => undefined;
let current: Toast | null = null;
export function toast(next: Toast): void { show(next); }

function press(act?: () => void): void {
  if (!act) return;
  show(null);
  act();
}
export function undoToast(): void { press(current?.undo); }
/** What the key beside the undo does, while the message is there. */
export function moreToast(keys: string): boolean {
  if (current?.more?.keys !== keys) return false;
  press(current.more.press);
  return true;
}

export function Toasts(): JSX.Element {
  const [now, set] = useState<Toast | null>(null);
  const [left, setLeft] = useState(0);
  const [held, hold] = useState(false);
  show = set;
  current = now;
  useEffect(() => { if (now) { setLeft(now.seconds ?? (now.undo ? 20 : 6)); hold(false); } }, [now]);
  useEffect(() => {
    if (!now || held) return undefined;
    const timer = setInterval(() => setLeft((n) => { if (n <= 1) set(null); return n - 1; }), 1000);
    return () => clearInterval(timer);
  }, [now, held]);
  return (
    <div class="toasts" onMouseEnter={() => hold(true)} onMouseLeave={() => hold(false)} onFocusCapture={() => hold(true)} onBlurCapture={() => hold(false)}>
      {now && <div class="toast"><span role="status">{now.text}</span>
        {now.undo && <><button type="button" aria-keyshortcuts="z" onClick={undoToast}>{say('Hoàn tác', 'Undo')} <kbd>z</kbd></button>
          <small class="tabular" aria-hidden="true">{left} {say('giây', 's')}</small></>}
        {now.more && <button type="button" aria-keyshortcuts={now.more.keys} onClick={() => press(now.more?.press)}>{now.more.label} <kbd>{now.more.keys}</kbd></button>}
        {!now.undo && <button type="button" aria-label={say('Đóng', 'Close')} onClick={() => set(null)}><Icon name="x" /></button>}</div>}
    </div>
  );
}
