import { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Entry, get, post, Refusal } from '../api';
import { useKeys } from '../keys';
import { Button, Icon, Problem, toast, useLoad, Viewer } from '../parts';
import { printDay, printMoment, printSize, say } from '../words';

const events: Record<string, [string, string]> = {
  mail: ['Thư đến', 'Mail received'], registered: ['Đăng ký', 'Registered'], attached: ['Gắn thư, tệp', 'Attached'], edited: ['Sửa thông tin', 'Entry edited'],
  related: ['Liên kết', 'Linked'], opened: ['Đã mở', 'Opened'], void: ['Hủy số', 'Number voided'], undone: ['Hoàn tác', 'Undone'],
};

function Void({ entry, done }: { entry: Entry; done: () => void }): JSX.Element {
  const [open, set] = useState(false);
  const ref = useRef<HTMLTextAreaElement>(null);
  const send = (): void => {
    post(`entries/${entry.id}/void`, { version: entry.version, reason: ref.current?.value ?? '' })
      .then(() => { set(false); done(); toast({ text: say(`Đã hủy số ${entry.number}`, `No. ${entry.number} voided`) }); }, (e: Refusal) => toast({ text: e.message }));
  };
  if (!open) return <Button label={say('Ghi hủy số…', 'Void number…')} kind="danger" press={() => set(true)} />;
  return (
    <div class="card stack">
      <label class="field"><span>{say('Lý do hủy số (ít nhất 10 ký tự). Không hoàn tác được.', 'Reason (10 characters or more). Cannot be undone.')}</span><textarea ref={ref} rows={2} /></label>
      <div class="row"><Button label={say('Hủy số này', 'Void this number')} kind="danger" press={send} /><Button label={say('Thôi', 'Cancel')} press={() => set(false)} /></div>
    </div>
  );
}

export function DocumentPage({ id }: { id: number }): JSX.Element {
  const { value: entry, error, again } = useLoad(() => get<Entry>(`entries/${id}`), [id]);
  const [file, setFile] = useState(-1);
  useKeys({ Escape: () => (file >= 0 ? setFile(-1) : history.back()), C: () => void (entry && navigator.clipboard?.writeText(`${entry.fields.symbol} ngày ${printDay(entry.fields.document_day as string)}`)) });
  if (error) return <main class="content" id="content"><Problem error={error} again={again} /></main>;
  if (!entry) return <main class="content" id="content" aria-busy="true" />;
  const f = entry.fields;
  const facts: [string, string][] = [
    [say('Cơ quan ban hành', 'Issuer'), String(f.issuer ?? '')], [say('Số, ký hiệu', 'Symbol'), String(f.symbol ?? '')],
    [say('Ngày văn bản', 'Document date'), printDay(f.document_day as string)], [say('Loại văn bản', 'Type'), entry.type_name ?? ''],
    [say('Người ký', 'Signatory'), String(f.signer_name ?? '')], [say('Số trang', 'Pages'), f.pages ? String(f.pages) : ''],
    [say('Đơn vị hoặc người nhận', 'Receiver'), String(f.receiver || entry.unit_name || '')], [say('Hạn', 'Due'), printDay(f.due_day as string)],
    [say('Ghi chú', 'Note'), String(f.note ?? '')], [say('Người đăng ký', 'Registered by'), `${entry.registered_by ?? ''}, ${printMoment(entry.registered_at)}`],
  ];
  const urgency = ['', say('Khẩn', 'Urgent'), say('Thượng khẩn', 'Very urgent'), say('Hỏa tốc', 'Express')][Number(f.urgency) || 0];
  const shown = entry.files?.[file];
  return (
    <main class="content document" id="content">
      <section class="scroll">
        <div class="title">
          <span class="stamp"><small>{entry.direction === 'in' ? 'ĐẾN' : 'ĐI'}</small><b>{entry.number}{entry.suffix}</b><small>{printDay(entry.day)}</small></span>
          <div><h1 class={entry.state === 'void' ? 'struck' : ''}>{String(f.subject)}</h1>
            <p>{urgency && <span class="chip stampy">{urgency}</span>} <b>{String(f.symbol)}</b> · {printDay(f.document_day as string)} · {String(f.issuer)}</p>
            {entry.state === 'void' && <p class="chip warn">{say('Đã hủy số: ', 'Voided: ')}{entry.void_reason} ({entry.void_by})</p>}</div>
        </div>
        <dl class="facts wide">{facts.filter(([, v]) => v).map(([k, v]) => <><dt>{k}</dt><dd>{v}</dd></>)}</dl>
        <h2>{say('Tệp', 'Files')}</h2>
        <ul class="files">{entry.files?.map((one, i) => (
          <li><button type="button" class="choice" aria-pressed={i === file} onClick={() => setFile(i === file ? -1 : i)}><Icon name="file-text" /><span>{one.name}</span><small>{one.role === 'main' ? say('bản chính', 'main') : ''} {printSize(one.bytes)}</small></button></li>
        ))}</ul>
        {!entry.files?.length && <p class="hint">{say('Không có tệp.', 'No files.')}</p>}
        {shown && <div class="frame"><Viewer part={shown} of={{ entry: id }} /></div>}
        {!!entry.relations?.length && <><h2>{say('Văn bản liên quan', 'Related documents')}</h2><ul>{entry.relations.map((r) => <li><a href={`/vb/${r.entry}`}>{r.symbol} {r.subject}</a></li>)}</ul></>}
        {entry.state === 'valid' && <Void entry={entry} done={again} />}
      </section>
      <aside class="scroll history" aria-label={say('Lịch sử', 'History')} tabIndex={0}>
        <h2>{say('Lịch sử', 'History')}</h2>
        <ol>{entry.timeline?.map((e) => (
          <li><b>{events[e.kind] ? say(events[e.kind][0], events[e.kind][1]) : e.kind}</b><small>{e.actor} · {printMoment(e.at)}</small></li>
        ))}</ol>
      </aside>
    </main>
  );
}
