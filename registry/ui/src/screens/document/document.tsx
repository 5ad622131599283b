// One document, everything about it on one page (ui.md 6.7).
import { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Entry, get, me, post } from '../../api';
import { useBar } from '../../bar';
import { dueWords, Flow, statusName } from '../../flow';
import { urgencyName } from '../../letter';
import { useKeys } from '../../keys';
import { Button, Icon, toast, useLoad, Viewed } from '../../parts';
import { lazy } from '../../parts/lazy';
import { Paper } from '../../parts/paper';
import { Place, usePlaceIn } from '../../results';
import { go, usePlace } from '../../route';
import { printDay, printMoment, printSize, say } from '../../words';
import { Ask, Handling } from './handling';
import { Assign, Routing } from './routing';
import { IntoDossier } from '../dossiers';
import { Related } from './related';
import { Timeline } from './timeline';
import { Wait } from '../../parts/wait';

const Edit = lazy(() => import('./edit').then((m) => m.Edit));

function Void({ entry, done, close }: { entry: Entry; done: () => void; close: () => void }): JSX.Element {
  return (
    <Ask label={say('Hủy số này', 'Void this number')} kind="danger" min={10} close={close} hint={say('Lý do hủy số (ít nhất 10 ký tự). Không hoàn tác được.', 'Reason (10 characters or more). Cannot be undone.')}
      send={(reason) => post(`entries/${entry.id}/void`, { version: entry.version, reason }).then(() => { done(); toast({ text: say(`Đã hủy số ${entry.number}`, `No. ${entry.number} voided`) }); })} />
  );
}

function Head({ entry, flow }: { entry: Entry; flow?: Flow }): JSX.Element {
  const f = entry.fields;
  const urgency = f.urgency ? urgencyName(Number(f.urgency)) : '';
  const due = flow ? dueWords(flow.due_day, flow.working_days_left) : '';
  const facts: [string, string][] = [
    [say('Cơ quan ban hành', 'Issuer'), String(f.issuer ?? '')], [say('Loại văn bản', 'Type'), entry.type_name ?? ''], [say('Người ký', 'Signatory'), String(f.signer_name ?? '')],
    [say('Hạn của nơi gửi', "Sender's deadline"), printDay(flow?.sender_due_day ?? (f.due_day as string))], [say('Đơn vị hoặc người nhận', 'Receiver'), String(f.receiver || entry.unit_name || '')],
    [say('Số trang', 'Pages'), f.pages ? String(f.pages) : ''], [say('Ghi chú', 'Note'), String(f.note ?? '')], [say('Người đăng ký', 'Registered by'), `${entry.registered_by ?? ''}, ${printMoment(entry.registered_at)}`],
  ];
  return (
    <>
      <div class="title">
        <span class="stamp"><small>{entry.direction === 'in' ? 'ĐẾN' : 'ĐI'}</small><b>{entry.number}{entry.suffix}</b><small>{printDay(entry.day)}</small></span>
        <div><h1 class={entry.state === 'void' ? 'struck' : ''}>{String(f.subject)}</h1>
          <p class="row">{urgency && <span class="chip stampy">{urgency}</span>}<span><b>{String(f.symbol || say('Không số', 'No number'))}</b> {f.document_day ? `${say('ngày', 'of')} ${printDay(f.document_day as string)}` : ''}</span>
            {entry.state === 'valid' && <span class="chip">{statusName(flow?.status ?? entry.status)}</span>}
            {due && flow?.status !== 'done' && <span class={`late inline ${flow?.overdue ? 'past' : ''}`}><Icon name={flow?.overdue ? 'circle-alert' : 'clock'} />{say('Hạn', 'Due')} {due}</span>}</p>
          {entry.state === 'void' && <p><span class="chip warn">{say('Đã hủy số: ', 'Voided: ')}{entry.void_reason} ({entry.void_by})</span></p>}</div>
      </div>
      <dl class="facts row">{facts.filter(([, v]) => v).map(([k, v]) => <div><dt>{k}</dt><dd>{v}</dd></div>)}</dl>
    </>
  );
}

function Files({ entry, at, open }: { entry: Entry; at: number; open: (n: number) => void }): JSX.Element {
  return (
    <>
      <h2>{say('Tệp', 'Files')} <small>{entry.files?.length || ''}</small></h2>
      <ul class="file-cards">{entry.files?.map((one, i) => (
        <li><button type="button" aria-pressed={i === at} onClick={() => open(i)}><Icon name="file-text" /><span><b>{one.name}</b><small>{one.role === 'main' ? `${say('bản chính', 'main')} · ` : ''}{printSize(one.bytes)}</small></span></button></li>
      ))}</ul>
      {!entry.files?.length && <p class="hint">{say('Không có tệp.', 'No files.')}</p>}
    </>
  );
}

/** Full screen; Escape closes it, [ and ] go to the other files. */
function FileView({ entry, at, open }: { entry: Entry; at: number; open: (n: number) => void }): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const files = entry.files ?? [];
  useLayoutEffect(() => { box.current?.showModal(); }, []);
  const press = (event: KeyboardEvent): void => {
    const by = event.code === 'BracketLeft' ? -1 : event.code === 'BracketRight' ? 1 : 0;
    if (by && files[at + by]) open(at + by);
  };
  return (
    <dialog class="full-view" ref={box} onClose={() => open(-1)} onKeyDown={press} aria-label={files[at]?.name ?? ''}>
      <Paper part={files[at] as Viewed} of={{ entry: entry.id }} left={<><button type="button" class="ib" aria-label={say('Đóng', 'Close')} onClick={() => box.current?.close()}><Icon name="x" /></button><b class="file-name">{files[at]?.name}</b></>} />
    </dialog>
  );
}

/** "Kết quả 1 / 58", with the documents before and after. */
function PlaceIn({ place, step }: { place: Place; step: (by: number) => void }): JSX.Element {
  return (
    <span class="place-in"><span role="status">{say(`Kết quả ${place.at + 1} / ${place.total}`, `Result ${place.at + 1} / ${place.total}`)}</span>
      <button type="button" class="ib" disabled={!place.at} aria-keyshortcuts="k" aria-label={say('Văn bản trước (k)', 'Previous document (k)')} onClick={() => step(-1)}><Icon name="chevron-left" /></button>
      <button type="button" class="ib" disabled={place.at + 1 >= place.total} aria-keyshortcuts="j" aria-label={say('Văn bản sau (j)', 'Next document (j)')} onClick={() => step(1)}><Icon name="chevron-right" /></button></span>
  );
}

type Sheet = '' | 'route' | 'assign' | 'void' | 'edit';

export function DocumentPage({ id }: { id: number }): JSX.Element {
  const { query } = usePlace();
  const { value: entry, error, again } = useLoad(() => get<Entry>(`entries/${id}`), [id]);
  const [flow, setFlow] = useState<Flow>();
  const [file, setFile] = useState(-1);
  const [sheet, setSheet] = useState<Sheet>('');
  const clerk = !!me.session?.user.roles.includes('clerk');
  const place = usePlaceIn(id);
  const stepTo = (by: number): void => void place?.to(by).then((to) => { if (to) go(`/vb/${to}`, true); }, (e: Error) => toast({ text: e.message }));
  const may = (what: Flow['may'][number]): boolean => !!flow?.may.includes(what);
  useEffect(() => { setFlow(undefined); setFile(-1); setSheet(''); get<Flow>(`entries/${id}/flow`).then(setFlow, () => undefined); }, [id]);
  useEffect(() => { if (flow && query.has('but-phe') && may('instruct')) setSheet('route'); }, [flow?.entry]);
  const edits = clerk && entry?.state === 'valid';
  useEffect(() => { if (edits && query.has('sua')) setSheet('edit'); }, [entry?.id]);
  const changed = (next: Flow): void => { setFlow(next); again(); };
  const reply = (): void => go(`/di/moi?traloi=${id}`);
  useBar({ title: entry ? `${entry.direction === 'in' ? say('Số đến', 'Incoming') : say('Văn bản đi', 'Outgoing')} ${entry.number}` : say('Văn bản', 'Document'), back: place?.back ?? (entry?.direction === 'out' ? '/di' : '/den'), search: false,
    count: place && <PlaceIn place={place} step={stepTo} />,
    aside: <>
      {entry?.direction === 'in' && clerk && <a class="button" href={`/api/v1/entries/${id}/label`} download><Icon name="stamp" />{say('Nhãn dấu đến', 'Arrival label')}</a>}
      {edits && <Button label={say('Sửa thông tin', 'Edit')} icon="pencil" keys="e" press={() => setSheet('edit')} />}
      {entry?.direction === 'in' && (clerk || may('reply')) && <Button label={say('Soạn trả lời', 'Reply')} icon="out" press={reply} />}
      {may('instruct') && <Button label={say('Bút phê, chuyển', 'Instruct, route')} icon="route" keys="r" kind="primary" press={() => setSheet('route')} />}
    </> });
  useKeys({
    Escape: () => history.back(), J: () => stepTo(1), K: () => stepTo(-1), R: () => { if (may('instruct')) setSheet('route'); }, E: () => { if (edits) setSheet('edit'); }, O: () => setFile(0), Enter: () => { if (entry?.files?.length) setFile(0); },
    C: () => void (entry && navigator.clipboard?.writeText(`${entry.fields.symbol} ngày ${printDay(entry.fields.document_day as string)}`)),
  });
  if (error || !entry) return <main class="content" id="content"><Wait value={entry} error={error} again={again} /></main>;
  return (
    <main class="content document" id="content">
      <section class="scroll">
        <Head entry={entry} flow={flow} />
        {flow && entry.state === 'valid' && <Handling entry={entry} flow={flow} done={changed} assign={() => setSheet('assign')} />}
        <Files entry={entry} at={file} open={setFile} />
        <IntoDossier entry={entry} />
        <Related entry={entry} clerk={clerk} changed={again} />
        {sheet === 'void' ? <Void entry={entry} done={again} close={() => setSheet('')} />
          : entry.state === 'valid' && clerk && <Button label={say('Ghi hủy số…', 'Void number…')} kind="danger" press={() => setSheet('void')} />}
      </section>
      <Timeline entry={entry} flow={flow} />
      <footer class="phone-actions">{!!entry.files?.length && <Button label={say('Xem tệp', 'Files')} icon="file-text" press={() => setFile(0)} />}
        {may('instruct') && <Button label={say('Bút phê', 'Instruct')} icon="route" kind="primary" press={() => setSheet('route')} />}</footer>
      {file >= 0 && <FileView entry={entry} at={file} open={setFile} />}
      {sheet === 'edit' && entry.id === id && <Edit key={id} entry={entry} close={() => setSheet('')} done={again} />}
      {sheet === 'route' && flow && <Routing entry={entry} flow={flow} close={() => setSheet('')} done={changed} />}
      {sheet === 'assign' && flow && <Assign entry={entry} flow={flow} close={() => setSheet('')} done={changed} />}
    </main>
  );
}
