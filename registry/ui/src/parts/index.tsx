// Pieces that every screen uses.
import { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { icons } from '../icons';
import { fileUrl, Marked, Part } from '../api';
import { printSize, say } from '../words';

export function Icon({ name }: { name: string }): JSX.Element {
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" dangerouslySetInnerHTML={{ __html: icons[name] ?? '' }} />;
}

export function Button(props: { label: string; icon?: string; keys?: string; kind?: string; disabled?: boolean; press: () => void }): JSX.Element {
  return (
    <button type="button" class={`button ${props.kind ?? ''}`} disabled={props.disabled} onClick={props.press} aria-keyshortcuts={props.keys}>
      {props.icon && <Icon name={props.icon} />}<span>{props.label}</span>{props.keys && <kbd>{props.keys}</kbd>}
    </button>
  );
}

/** The original text with the places that were found marked. */
export function Marks({ of }: { of?: Marked }): JSX.Element | null {
  if (!of) return null;
  const out: ComponentChildren[] = [];
  let at = 0;
  for (let i = 0; i + 1 < of.marks.length; i += 2) {
    out.push(of.text.slice(at, of.marks[i]), <mark>{of.text.slice(of.marks[i], of.marks[i] + of.marks[i + 1])}</mark>);
    at = of.marks[i] + of.marks[i + 1];
  }
  out.push(of.text.slice(at));
  return <>{out}</>;
}

export function Empty({ children }: { children: ComponentChildren }): JSX.Element {
  return <p class="empty">{children}</p>;
}

export function Problem({ error, again }: { error: Error; again?: () => void }): JSX.Element {
  return (
    <div class="problem" role="alert">
      <Icon name="warn" /><span>{error.message}</span>
      {again && <Button label={say('Thử lại', 'Try again')} press={again} />}
    </div>
  );
}

const viewable = ['application/pdf', 'image/png', 'image/jpeg', 'image/gif'];
const extensions: Record<string, string> = { pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif' };

function shownType(part: { type: string | null; name: string | null }): string {
  const type = part.type ?? 'application/octet-stream';
  if (viewable.includes(type)) return type;
  return extensions[(part.name ?? '').split('.').pop()?.toLowerCase() ?? ''] ?? type;
}

/** A part of a letter or a file of an entry. */
export type Viewed = Omit<Part, 'path' | 'class' | 'type'> & { type: string | null };

/** One file beside the form: a PDF in the browser's viewer, a picture, or a card. */
export function Viewer({ part, of, body }: { part?: Viewed; of: { letter?: number; entry?: number }; body?: string | null }): JSX.Element {
  if (!part) return <div class="viewer"><pre class="letter-text" tabIndex={0}>{body || say('Thư không có nội dung chữ.', 'The letter has no text.')}</pre></div>;
  const url = fileUrl(part.sha256, part.name, of, true);
  const type = shownType(part);
  const name = part.name ?? say('tệp không tên', 'unnamed file');
  if (type === 'application/pdf') return <div class="viewer"><iframe class="page" title={name} src={`${url}#navpanes=0&view=FitH`} /></div>;
  if (type.startsWith('image/')) return <div class="viewer"><img class="picture" alt={name} src={url} /></div>;
  return (
    <div class="viewer">
      <div class="card file-card">
        <Icon name="file-text" /><strong>{name}</strong><span class="hint">{type}, {printSize(part.bytes)}</span>
        <a class="button" href={fileUrl(part.sha256, part.name, of)} download={name}>{say('Tải tệp gốc', 'Download the original')}</a>
      </div>
    </div>
  );
}

export { moreToast, toast, undoToast, Toasts } from './toast';

/** Loads when `key` changes; keeps the old answer until the new one is there. */
export function useLoad<T>(load: () => Promise<T>, key: unknown[]): { value?: T; error?: Error; again: () => void } {
  const [state, set] = useState<{ value?: T; error?: Error }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let live = true;
    load().then((value) => live && set({ value }), (error) => live && set((old) => ({ value: old.value, error })));
    return () => { live = false; };
  }, [...key, turn]);
  return { ...state, again: () => setTurn((n) => n + 1) };
}
