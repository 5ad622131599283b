// Xuất: all of what was found, as a file; how many is said first.
import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useKeys } from '../../keys';
import { Icon } from '../../parts';
import { say } from '../../words';

const formats: [string, string][] = [['xlsx', 'XLSX'], ['csv', 'CSV'], ['docx', 'DOCX'], ['pdf', 'PDF']];

export function Export({ query, total }: { query: URLSearchParams; total?: string }): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => { setOpen(false); button.current?.focus(); };
  useKeys({ 'Shift+E': () => setOpen(true), ...(open ? { Escape: close } : {}) });
  useEffect(() => {
    if (!open) return undefined;
    box.current?.querySelector('a')?.focus();
    const away = (event: Event): void => { if (!box.current?.parentElement?.contains(event.target as Node)) setOpen(false); };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);
  const url = (format: string): string => { const q = new URLSearchParams(query); q.set('format', format); return `/api/v1/search/export?${q}`; };
  const step = (event: KeyboardEvent): void => {
    const links = [...box.current!.querySelectorAll('a')];
    const to = links.indexOf(document.activeElement as HTMLAnchorElement) + ({ ArrowDown: 1, ArrowUp: -1 }[event.code] ?? 0);
    if (!/^Arrow(Down|Up)$/.test(event.code)) return;
    event.preventDefault();
    links[(to + links.length) % links.length].focus();
  };
  return (
    <div class="export"><button type="button" ref={button} class="button" aria-expanded={open} aria-keyshortcuts="Shift+E" disabled={!total || total === '0'} onClick={() => setOpen(!open)}>{say('Xuất', 'Export')}<Icon name="chevron-down" /></button>
      {open && <div class="choices" ref={box} role="group" aria-label={say(`Xuất ${total} văn bản`, `Export ${total}`)} onKeyDown={step}><b>{say(`Xuất ${total} văn bản`, `Export ${total}`)}</b>
        {formats.map(([format, label]) => <a href={url(format)} download onClick={close}>{label}</a>)}</div>}</div>
  );
}
