// A document that may be in the book already: the warning, and both side by side.
import { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Duplicate, Entry, get } from '../../api';
import { useKeys } from '../../keys';
import { Shown } from '../../letter';
import { Button, Icon, useLoad } from '../../parts';
import { Paper } from '../../parts/paper';
import { printClock, printDay, say } from '../../words';
import { Draft } from './draft';

function titleOf(d: Duplicate): string {
  const number = say(`Số đến ${d.number}${d.suffix ?? ''}, ${printDay(d.day)}`, `no. ${d.number}${d.suffix ?? ''}, ${printDay(d.day)}`);
  if (d.match === 'file') return say(`Tệp này đã gắn vào ${number}`, `This file is attached to ${number} already`);
  if (d.match === 'other_day') return say(`Trùng số, khác ngày: ${number}`, `Same symbol, other date: ${number}`);
  return say(`Có thể đã đăng ký: ${number}`, `May be registered already: ${number}`);
}

export function Warning({ found, reason, setReason, attach, compare, canAttach }: {
  found: Duplicate[]; reason: string; setReason: (text: string) => void; attach: (d: Duplicate) => void; compare: () => void; canAttach: boolean;
}): JSX.Element {
  const first = found[0];
  const [anyway, setAnyway] = useState(!!reason);
  return (
    <section class={`notice duplicate ${first.match === 'file' ? 'bad' : 'warn'}`} role="alert">
      <Icon name="copy" />
      <div>
        <b>{titleOf(first)}</b>
        <span>{say(`Cùng số ${first.symbol ?? ''}, ${first.issuer ?? ''}, ngày ${printDay(first.document_day)}. `, `Same symbol ${first.symbol ?? ''}, ${first.issuer ?? ''}, ${printDay(first.document_day)}. `)}
          {first.registered_by && say(`${first.registered_by} đăng ký lúc ${printClock(first.registered_at)}.`, `${first.registered_by} registered it at ${printClock(first.registered_at)}.`)}</span>
        <div class="row">
          <Button label={say('So sánh cạnh nhau', 'Compare')} icon="split" keys="F2" kind="small" press={compare} />
          {canAttach && <Button label={say(`Gắn tệp vào Số đến ${first.number}`, `Attach to no. ${first.number}`)} icon="link" keys="Alt+L" kind="small primary" press={() => attach(first)} />}
          {!anyway && <button type="button" class="link" onClick={() => setAnyway(true)}>{say('Vẫn đăng ký mới, ghi lý do', 'Register anyway, with a reason')}</button>}
        </div>
        {anyway && <input id="f-reason" autofocus aria-label={say('Lý do vẫn đăng ký mới', 'Reason to register anyway')} placeholder={say('Lý do vẫn đăng ký mới (ghi vào sổ)', 'Reason, kept in the book')} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />}
      </div>
    </section>
  );
}

function Pair({ label, here, there }: { label: string; here: string; there: string }): JSX.Element {
  const same = here.trim().toLowerCase() === there.trim().toLowerCase();
  return <tr class={same ? '' : 'differs'}><th scope="row">{label}</th><td>{here || '–'}</td><td>{there || '–'}{!same && <span class="sr"> {say('khác', 'differs')}</span>}</td></tr>;
}

export function Compare({ draft, letter, file, with: other, close }: { draft: Draft; letter: number; file?: Shown; with: Duplicate; close: () => void }): JSX.Element {
  const { value } = useLoad(() => get<Entry>(`entries/${other.entry}`), [other.entry]);
  const box = useRef<HTMLDivElement>(null);
  const left = useRef(document.activeElement as HTMLElement | null);
  const shut = (): void => { close(); setTimeout(() => left.current?.focus(), 0); };
  useLayoutEffect(() => box.current?.focus(), []);
  useKeys({ Escape: shut, F2: shut });
  const main = value?.files?.find((f) => f.role === 'main') ?? value?.files?.[0];
  const text = draft.text;
  return (
    <div class="compare" role="dialog" aria-modal="true" aria-label={say('So sánh', 'Compare')} tabIndex={-1} ref={box}>
      <header><h2>{say('So sánh với', 'Compare with')} <span class="number">{other.number}</span></h2><span class="grow" /><Button label={say('Đóng', 'Close')} keys="Esc" press={shut} /></header>
      <table>
        <thead><tr><td /><th scope="col">{say('Đang đăng ký', 'Being registered')}</th><th scope="col">{say(`Số đến ${other.number}`, `No. ${other.number}`)}</th></tr></thead>
        <tbody>
          <Pair label={say('Cơ quan ban hành', 'Issuing agency')} here={text.issuer ?? ''} there={other.issuer ?? ''} />
          <Pair label={say('Số, ký hiệu', 'Number and symbol')} here={text.symbol ?? ''} there={other.symbol ?? ''} />
          <Pair label={say('Ngày văn bản', 'Document date')} here={text.document_day ?? ''} there={printDay(other.document_day)} />
          <Pair label={say('Trích yếu', 'Summary')} here={text.subject ?? ''} there={other.subject ?? ''} />
          <Pair label={say('Người ký', 'Signatory')} here={text.signer_name ?? ''} there={value?.fields.signer_name ?? ''} />
        </tbody>
      </table>
      <div class="pair">
        <section class="paper" aria-label={say('Tệp đang đăng ký', 'File being registered')}>{letter > 0 && file && <Paper part={file} of={{ letter }} />}</section>
        <section class="paper" aria-label={say('Tệp trong sổ', 'File in the book')}>{main && <Paper part={{ sha256: main.sha256, name: main.name, type: main.type, bytes: main.bytes }} of={{ entry: other.entry }} />}</section>
      </div>
    </div>
  );
}
