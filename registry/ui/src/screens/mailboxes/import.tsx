// Nhập từ CSV: what each line would do; nothing is done before it is seen.
import { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { post, Refusal } from '../../api';
import { MailboxImport } from '../../api.generated';
import { Button, Icon, toast } from '../../parts';
import { language, say } from '../../words';
import { labelOf } from './form';

type Line = MailboxImport['lines'][number];
type Kind = Line['kind'];
const SHOWN = 200;

function Group({ kind, title, lines }: { kind: Kind; title: string; lines: Line[] }): JSX.Element | null {
  const own = lines.filter((line) => line.kind === kind);
  if (!own.length) return null;
  const says = (line: Line): string => (line.message ? line.message[language()] : line.differs.map((name) => labelOf(name).toLowerCase()).join(', '));
  return (
    <details open={kind !== 'same'}><summary>{title} <small>{own.length}</small></summary>
      <ul class="lines">{own.slice(0, SHOWN).map((line) => <li><small class="tabular">{say(`Dòng ${line.line}`, `Line ${line.line}`)}</small><span class="break grow">{line.address || '—'}</span>{(line.message || kind === 'change') && <span class={line.message ? 'hurt' : 'hint'}>{says(line)}</span>}</li>)}</ul>
      {own.length > SHOWN && <p class="hint">{say(`và ${own.length - SHOWN} dòng nữa`, `and ${own.length - SHOWN} more`)}</p>}</details>
  );
}

export function Preview({ seen, apply, close }: { seen: MailboxImport; apply: () => void; close: () => void }): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  const of = (kind: Kind): number => seen.lines.filter((line) => line.kind === kind).length;
  useLayoutEffect(() => head.current?.focus(), [seen]);
  const changes = of('add') + of('change');
  return (
    <section class="box-card import" aria-label={say('Xem trước', 'Preview')}><header><h2 tabIndex={-1} ref={head}>{say('Xem trước, chưa có gì thay đổi', 'Preview, nothing has changed yet')}</h2>
      <span class="row"><Button label={say(`Áp dụng ${changes} thay đổi`, `Apply ${changes} changes`)} kind="primary small" disabled={of('wrong') > 0 || !changes} press={apply} /><Button label={say('Thôi', 'Cancel')} kind="small" press={close} /></span></header>
      <div class="inset stack">
        {of('wrong') > 0 && <p class="notice bad row" role="alert"><Icon name="circle-alert" /><span>{say(`${of('wrong')} dòng sai. Sửa tệp rồi chọn lại.`, `${of('wrong')} lines are wrong. Correct the file and choose it again.`)}</span></p>}
        <Group kind="wrong" title={say('Sai', 'Wrong')} lines={seen.lines} />
        <Group kind="add" title={say('Mới', 'New')} lines={seen.lines} />
        <Group kind="change" title={say('Thay đổi', 'Changed')} lines={seen.lines} />
        <Group kind="same" title={say('Không đổi', 'Unchanged')} lines={seen.lines} />
        {!seen.lines.length && <p class="hint">{say('Tệp không có dòng nào.', 'The file has no line.')}</p>}
      </div></section>
  );
}

/** The button, and what a chosen file would do. */
export function useImport(done: () => void): { button: JSX.Element; preview: JSX.Element | null } {
  const [file, setFile] = useState<File>();
  const [seen, setSeen] = useState<MailboxImport>();
  const input = useRef<HTMLInputElement>(null);
  const close = (): void => { setSeen(undefined); setFile(undefined); if (input.current) input.current.value = ''; };
  const fail = (e: Error): void => toast({ text: e.message });
  const look = (chosen: File): void => void post<MailboxImport>('mailboxes/import', chosen).then((answer) => { setFile(chosen); setSeen(answer); }, (e: Error) => { close(); fail(e); });
  const apply = (): void => {
    if (!file || !seen) return;
    const changes = seen.lines.filter((line) => line.kind !== 'same').length;
    post<MailboxImport>(`mailboxes/import?apply=1&stand=${encodeURIComponent(seen.stand)}`, file).then(() => {
      close();
      done();
      toast({ text: say(`Đã áp dụng ${changes} thay đổi. Xóa tệp CSV: trong đó có mật khẩu.`, `${changes} changes applied. Remove the file: it holds passwords.`), seconds: 20 });
    }, (e: Error) => { fail(e); if (e instanceof Refusal && e.code === 'import.changed') look(file); });
  };
  const button = <label class="button upload"><Icon name="file-text" />{say('Nhập từ CSV', 'Import CSV')}<input ref={input} type="file" class="sr" accept=".csv,text/csv" onChange={(e) => { const chosen = e.currentTarget.files?.[0]; if (chosen) look(chosen); }} /></label>;
  return { button, preview: seen ? <Preview seen={seen} apply={apply} close={close} /> : null };
}
