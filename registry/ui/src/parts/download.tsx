// A button that offers the same thing as files of several formats.
import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useKeys } from '../keys';
import { Icon } from '.';

/** `title` stands over the formats; `url` is without the format. */
export interface Offer { label: string; title: string; formats: string[]; url: string; keys?: string; disabled?: boolean }

export function Download({ label, title, formats, url, keys, disabled }: Offer): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => { setOpen(false); button.current?.focus(); };
  useKeys({ ...(keys && !disabled ? { [keys]: () => setOpen(true) } : {}), ...(open ? { Escape: close } : {}) });
  useEffect(() => {
    if (!open) return undefined;
    box.current?.querySelector('a')?.focus();
    const away = (event: Event): void => { if (!box.current?.parentElement?.contains(event.target as Node)) setOpen(false); };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);
  const step = (event: KeyboardEvent): void => {
    const links = [...box.current!.querySelectorAll('a')];
    const to = links.indexOf(document.activeElement as HTMLAnchorElement) + ({ ArrowDown: 1, ArrowUp: -1 }[event.code] ?? 0);
    if (!/^Arrow(Down|Up)$/.test(event.code)) return;
    event.preventDefault();
    links[(to + links.length) % links.length].focus();
  };
  return (
    <div class="export"><button type="button" ref={button} class="button" aria-expanded={open} aria-keyshortcuts={keys} disabled={disabled} onClick={() => setOpen(!open)}>{label}<Icon name="chevron-down" /></button>
      {open && <div class="choices" ref={box} role="group" aria-label={title} onKeyDown={step}><b>{title}</b>
        {formats.map((f) => <a href={`${url}${url.includes('?') ? '&' : '?'}format=${f}`} download onClick={close}>{f.toUpperCase()}</a>)}</div>}</div>
  );
}
