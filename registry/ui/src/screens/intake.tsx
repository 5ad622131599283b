import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, Hit, Letter, Part, post, Refusal } from '../api';
import { useKeys } from '../keys';
import { Button, Empty, Icon, Problem, toast, useLoad, Viewer } from '../parts';
import { go } from '../route';
import { dayOf, printClock, printMoment, printSize, say } from '../words';

interface Queue { items: Letter[]; next: number; counts: { todo: number; quarantine: number; done: number; unread: number } }

export function filesOf(letter?: Letter): Part[] {
  return (letter?.parts ?? []).filter((p) => p.class === 'file' || p.class === 'message');
}

function sender(letter: Letter): string {
  return letter.sender_name || letter.sender_address || letter.mailbox_address;
}

function Row({ letter, chosen, open }: { letter: Letter; chosen: boolean; open: () => void }): JSX.Element {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (chosen) ref.current?.scrollIntoView({ block: 'nearest' }); }, [chosen]);
  return (
    <li>
      <button type="button" ref={ref} class="letter" aria-current={chosen ? 'true' : undefined} onClick={open}>
        <span class="line"><strong>{sender(letter)}</strong><span class="hint">{letter.files ? <span class="clips"><Icon name="clip" />{letter.files}</span> : null}{printClock(letter.received_at)}</span></span>
        <span class="summary">{letter.subject || (letter.read ? say('(không có tiêu đề)', '(no subject)') : say('Đang đọc…', 'Being read…'))}</span>
        {letter.copies > 1 && <span class="chip"><Icon name="copy" />{say(`${letter.copies} hộp thư cùng nhận`, `Same mail in ${letter.copies} mailboxes`)}</span>}
        {letter.flags.includes('ambiguous') && <span class="chip warn"><Icon name="warn" />{say('Cấu trúc thư không rõ', 'Ambiguous structure')}</span>}
      </button>
    </li>
  );
}

function Attach({ letter, done, close }: { letter: Letter; done: (entry: Hit) => void; close: () => void }): JSX.Element {
  const [text, set] = useState(letter.subject ?? '');
  const { value } = useLoad(() => get<{ hits: Hit[] }>(`search?kind=entry&limit=8&q=${encodeURIComponent(text)}`), [text]);
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => ref.current?.select(), []);
  useKeys({ Escape: close });
  return (
    <div class="attach">
      <label class="field"><span>{say('Gắn vào văn bản nào?', 'Attach to which document?')}</span>
        <input ref={ref} value={text} onInput={(e) => set(e.currentTarget.value)} /></label>
      <ul>{value?.hits.map((hit) => (
        <li><button type="button" class="choice" onClick={() => done(hit)}><b class="number">{hit.number?.text}</b> {hit.symbol?.text} · {hit.subject?.text}</button></li>
      ))}</ul>
      {value && !value.hits.length && <Empty>{say('Không tìm thấy văn bản nào.', 'No document found.')}</Empty>}
    </div>
  );
}

function Reason({ label, done, close }: { label: string; done: (reason: string) => void; close: () => void }): JSX.Element {
  const ref = useRef<HTMLTextAreaElement>(null);
  useEffect(() => ref.current?.focus(), []);
  useKeys({ 'Escape': close, 'Ctrl+Enter': () => done(ref.current?.value ?? '') });
  return (
    <div class="attach">
      <label class="field"><span>{label}</span><textarea ref={ref} rows={3} /></label>
      <Button label={say('Xác nhận', 'Confirm')} kind="primary" keys="Ctrl+Enter" press={() => done(ref.current?.value ?? '')} />
    </div>
  );
}

function Facts({ letter }: { letter: Letter }): JSX.Element {
  return (
    <dl class="facts">
      <dt>{say('Từ', 'From')}</dt><dd>{letter.sender_name} {letter.sender_address && `<${letter.sender_address}>`}</dd>
      <dt>{say('Tiêu đề', 'Subject')}</dt><dd>{letter.subject}</dd>
      <dt>{say('Vào hộp thư', 'Into')}</dt><dd>{(letter.mailboxes ?? []).map((m) => <div>{m.address}</div>)}</dd>
      <dt>{say('Nhận lúc', 'Received')}</dt><dd>{printMoment(letter.received_at)}</dd>
      {letter.reason && <><dt>{say('Lý do', 'Reason')}</dt><dd>{letter.reason}</dd></>}
      {letter.decided_by && <><dt>{say('Người xử lý', 'By')}</dt><dd>{letter.decided_by}</dd></>}
      <dt>{say('Thư gốc', 'Original')}</dt><dd><a href={`/api/v1/letters/${letter.id}/raw`} download>{say('Tải thư gốc', 'Download the letter')} ({printSize(letter.bytes)})</a></dd>
    </dl>
  );
}

const tabs: [string, string, string][] = [['todo', 'Chờ xử lý', 'To do'], ['quarantine', 'Cách ly', 'Quarantine'], ['done', 'Xong', 'Done']];

export function Intake({ letter: wanted, tab, changed }: { letter: number; tab: string; changed: () => void }): JSX.Element {
  const queue = useLoad(() => get<Queue>(`intake?tab=${tab}&limit=200`), [tab]);
  const items = queue.value?.items ?? [];
  const at = Math.max(0, items.findIndex((l) => l.id === wanted));
  const chosen = items[at];
  const { value: letter, error } = useLoad(() => (chosen ? get<Letter>(`letters/${chosen.id}`) : Promise.resolve(undefined)), [chosen?.id, chosen?.version]);
  const shown = letter && chosen && letter.id === chosen.id ? letter : undefined;
  const [file, setFile] = useState(0);
  const [panel, setPanel] = useState('');
  const files = filesOf(shown);
  const place = (id: number): string => `/tiep-nhan/${id}${tab === 'todo' ? '' : `?tab=${tab}`}`;
  const move = (step: number): void => { const next = items[at + step]; if (next) { setPanel(''); go(place(next.id), true); } };
  useEffect(() => setFile(0), [chosen?.id]);
  useEffect(() => { const timer = setInterval(queue.again, 10000); return () => clearInterval(timer); }, [tab]);

  const decide = (decision: string, more: Record<string, unknown>, text: string): void => {
    if (!chosen) return;
    const next = items[at + 1] ?? items[at - 1];
    const refresh = (): void => { queue.again(); changed(); };
    post(`letters/${chosen.id}/decision`, { decision, version: chosen.version, ...more }).then(() => {
      setPanel('');
      go(next ? place(next.id) : '/tiep-nhan', true);
      refresh();
      toast({ text, undo: () => void post(`letters/${chosen.id}/decision`, { decision: 'reopen' }).then(() => { refresh(); go(`/tiep-nhan/${chosen.id}`); }) });
    }, (e: Refusal) => toast({ text: e.message }));
  };
  const register = (): void => { if (chosen && tab === 'todo') go(`/den/moi?thu=${chosen.id}`); };
  useKeys({
    J: () => move(1), K: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: register,
    E: register, L: () => setPanel('attach'), T: () => setPanel('return'), Q: () => setPanel('quarantine'), N: () => go('/den/moi'),
    B: () => decide('not_document', {}, say('Đã xếp: không phải văn bản', 'Filed: not a document')),
    BracketLeft: () => setFile((n) => Math.max(0, n - 1)), BracketRight: () => setFile((n) => Math.min(files.length, n + 1)),
  });
  const groups = [...new Set(items.map((l) => dayOf(l.received_at)))];
  return (
    <main class="intake" id="content">
      <section class="queue" aria-label={say('Hàng đợi', 'Queue')}>
        <h1>{say('Tiếp nhận', 'Intake')} <small>{queue.value ? say(`${queue.value.counts.todo} chờ xử lý`, `${queue.value.counts.todo} to do`) : ''}</small></h1>
        <div class="tabs">{tabs.map(([name, vi, en]) => (
          <a href={name === 'todo' ? '/tiep-nhan' : `/tiep-nhan?tab=${name}`} aria-current={tab === name ? 'page' : undefined}>{say(vi, en)} <small>{queue.value?.counts[name as 'todo'] ?? ''}</small></a>
        ))}</div>
        <div class="scroll" tabIndex={-1}>
          {queue.error && <Problem error={queue.error} again={queue.again} />}
          {groups.map((group) => (
            <div><h2 class="group">{group}</h2><ul>{items.filter((l) => dayOf(l.received_at) === group).map((l) => (
              <Row letter={l} chosen={l === chosen} open={() => { setPanel(''); go(place(l.id), true); }} />
            ))}</ul></div>
          ))}
          {queue.value && !items.length && <Empty>{say('Đã xử lý hết hàng đợi. Thư mới tự hiện ở đây.', 'The queue is empty. New letters appear here.')}</Empty>}
        </div>
      </section>
      <section class="paper" aria-label={say('Tệp', 'File')}>
        <div class="strip">{files.map((f, i) => <button type="button" class="tab" aria-pressed={i === file} onClick={() => setFile(i)}>{f.name ?? f.type}</button>)}
          {shown && <button type="button" class="tab" aria-pressed={file >= files.length} onClick={() => setFile(files.length)}>{say('Nội dung thư', 'Letter text')}</button>}</div>
        {error && <Problem error={error} />}
        {shown && <Viewer part={files[file]} of={{ letter: shown.id }} body={shown.body} />}
      </section>
      <section class="decide" aria-label={say('Quyết định', 'Decision')}>
        {shown && tab === 'todo' && (
          <div class="actions">
            <Button label={say('Đăng ký mới, lấy số đến', 'Register, take a number')} icon="stamp" kind="primary wide" keys="e" press={register} />
            <Button label={say('Gắn vào văn bản đã có…', 'Attach to existing…')} icon="link" kind="wide" keys="l" press={() => setPanel('attach')} />
            <div class="row">
              <Button label={say('Trả lại', 'Return')} keys="t" press={() => setPanel('return')} />
              <Button label={say('Không phải VB', 'Not a doc.')} keys="b" press={() => decide('not_document', {}, say('Đã xếp: không phải văn bản', 'Filed: not a document'))} />
              <Button label={say('Cách ly', 'Quarantine')} keys="q" press={() => setPanel('quarantine')} />
            </div>
          </div>
        )}
        {shown && tab !== 'todo' && shown.decision !== 'registered' && <div class="actions"><Button label={say('Đưa lại hàng đợi', 'Back to the queue')} icon="refresh-cw" press={() => decide('reopen', {}, say('Đã đưa lại hàng đợi', 'Back in the queue'))} /></div>}
        {shown && shown.entry > 0 && <a class="button" href={`/vb/${shown.entry}`}>{say('Mở văn bản đã đăng ký', 'Open the document')}</a>}
        {shown && panel === 'attach' && <Attach letter={shown} close={() => setPanel('')} done={(hit) => decide('attach', { entry: hit.id, role: 'correspondence' }, say(`Đã gắn vào ${hit.number?.text}`, `Attached to ${hit.number?.text}`))} />}
        {panel === 'return' && <Reason label={say('Lý do trả lại (ít nhất 10 ký tự)', 'Reason to return (10 characters or more)')} close={() => setPanel('')} done={(reason) => decide('return', { reason }, say('Đã ghi trả lại', 'Returned'))} />}
        {panel === 'quarantine' && <Reason label={say('Vì sao cách ly?', 'Why quarantine?')} close={() => setPanel('')} done={(reason) => decide('quarantine', { reason }, say('Đã cách ly', 'Quarantined'))} />}
        {shown && <>{files.length > 0 && <h2>{say('Tệp đính kèm', 'Files')}</h2>}
          <ul class="files">{files.map((f, i) => <li><button type="button" class="choice" aria-pressed={i === file} onClick={() => setFile(i)}><Icon name="file-text" /><span>{f.name ?? f.type}</span><small>{printSize(f.bytes)}</small></button></li>)}</ul>
          <h2>{say('Thư gốc', 'Letter')}</h2><Facts letter={shown} /></>}
      </section>
    </main>
  );
}
