// What the units do with a document: instructions, who has it, and one's own next step.
import { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { call, Entry, fileUrl, Refusal } from '../../api';
import { Assignment, Flow, roleName, step } from '../../flow';
import { Button, Icon, toast } from '../../parts';
import { Choose } from '../../parts/choose';
import { DayField } from '../../parts/day-field';
import { useLists } from '../../lists';
import { parseDay } from '../../days';
import { dayOf, language, printClock, printDay, printMoment, say } from '../../words';

interface Of { entry: Entry; flow: Flow; done: (flow: Flow) => void }

export function Instructions({ flow }: { flow: Flow }): JSX.Element | null {
  const shown = flow.instructions.filter((i) => i.state !== 'draft');
  if (!shown.length) return null;
  return (
    <>
      <h2>{say('Bút phê', 'Instructions')}</h2>
      {shown.map((i) => (
        <blockquote class={i.state === 'in_force' ? '' : 'old'}><p>{i.text || say('Để biết.', 'For information.')}</p>
          <small>{i.author_name}{i.author_position && `, ${i.author_position}`} · {printMoment(i.at)}{i.recorded_by && ` · ${say('ghi lại bởi', 'written down by')} ${i.recorded_by}`}
            {i.state === 'replaced' && ` · ${say('đã thay', 'replaced')}`}{i.state === 'recalled' && ` · ${say('đã rút', 'taken back')}`}</small></blockquote>
      ))}
    </>
  );
}

function stateOf(a: Assignment): JSX.Element {
  if (a.state === 'done') return <span class="mark sure"><Icon name="check" />{say('Xong', 'Done')} {dayOf(a.done_at)}</span>;
  if (a.state === 'returned') return <span class="late"><Icon name="chevron-left" />{say('Chuyển lại', 'Returned')}: {a.reason}</span>;
  if (a.overdue) return <span class="late past"><Icon name="circle-alert" />{say('Quá hạn', 'Overdue')} {printDay(a.due_day)}</span>;
  if (a.due_day) return <span class="late"><Icon name="clock" />{say('Hạn', 'Due')} {printDay(a.due_day)}</span>;
  return <span class="hint">{a.state === 'working' ? say('Đang làm', 'Working') : a.opened_at ? say('Đã mở', 'Opened') : say('Chưa mở', 'Not opened')}</span>;
}

export function Units({ flow }: { flow: Flow }): JSX.Element | null {
  const list = flow.assignments.filter((a) => a.state !== 'recalled' && a.state !== 'replaced');
  if (!list.length) return null;
  const own = (a: Assignment): Assignment[] => list.filter((p) => p.parent === a.id);
  return (
    <>
      <h2>{say('Đơn vị thực hiện', 'Handled by')}</h2>
      <ul class="lines">{list.filter((a) => !a.parent || !list.some((p) => p.id === a.parent)).map((a) => (
        <li><span><b>{a.name}</b>{own(a).map((p) => <small> · {p.name}{p.state === 'done' ? ` (${say('xong', 'done')})` : ''}</small>)}{a.result && <small class="block">{a.result}</small>}</span>
          <span class={`chip ${a.role === 'lead' ? '' : 'plain'}`}>{roleName(a.role)}</span>
          <small>{a.opened_at ? `${say('mở', 'opened')} ${dayOf(a.opened_at)}, ${printClock(a.opened_at)}` : ''}</small>{stateOf(a)}</li>
      ))}</ul>
    </>
  );
}

/** One small form below the buttons. */
export function Ask({ label, hint, send, close, children, min = 0, kind = 'primary' }: { label: string; hint: string; kind?: string; send: (text: string) => Promise<unknown>; close: () => void; children?: JSX.Element; min?: number }): JSX.Element {
  const ref = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState('');
  useLayoutEffect(() => ref.current?.focus(), []);
  const go = (): void => {
    const text = ref.current?.value.trim() ?? '';
    if ([...text].length < min) { setProblem(say(`Viết ít nhất ${min} ký tự.`, `Write ${min} characters or more.`)); ref.current?.focus(); return; }
    send(text).then(close, (e: Refusal) => setProblem(e.message));
  };
  return (
    <div class="card stack" onKeyDown={(e) => { if (e.ctrlKey && /Enter$/.test(e.code)) { e.preventDefault(); go(); } }}>
      {children}
      <label class="field"><span>{hint}</span><textarea ref={ref} rows={3} aria-invalid={!!problem} /></label>
      <p class="error" role="alert">{problem}</p>
      <div class="row"><button type="button" class={`button ${kind}`} onClick={go}>{label}<kbd>Ctrl ↵</kbd></button><Button label={say('Thôi', 'Cancel')} press={close} /></div>
    </div>
  );
}

function AskExtension({ entry, flow, done, close }: Of & { close: () => void }): JSX.Element {
  const [day, setDay] = useState('');
  return (
    <Ask label={say('Xin gia hạn', 'Ask')} hint={say('Lý do', 'Reason')} min={10} close={close}
      send={(reason) => step(entry.id, 'extensions', flow, { due_day: parseDay(day, 'future') || null, reason }).then(done)}>
      <div class="field"><label for="extend">{say('Đến ngày', 'Until')}</label><DayField id="extend" text={day} nearest="future" set={setDay} next={() => undefined} /></div></Ask>
  );
}

function AskSubmit({ entry, flow, done, close }: Of & { close: () => void }): JSX.Element {
  const { leaders } = useLists('in');
  const [to, setTo] = useState({ text: '', id: 0 });
  return (
    <Ask label={say('Trình', 'Submit')} hint={say('Ghi chú', 'Note')} close={close} send={(note) => step(entry.id, 'submit', flow, { to: to.id || Number(entry.fields.submit_to) || leaders[0]?.id, note }).then((f) => { done(f); toast({ text: say(`Đã trình ${f.submitted_to_name}`, `Submitted to ${f.submitted_to_name}`) }); })}>
      <div class="field"><label for="submit-to">{say('Trình', 'Submit to')}</label>
        <Choose id="submit-to" label={say('Trình', 'Submit to')} text={to.text} choices={leaders} set={(text, id) => setTo({ text, id })} next={() => undefined} /></div></Ask>
  );
}

function Extensions({ flow, done }: Of): JSX.Element {
  const decide = (id: number, approve: boolean): void => {
    call<Flow>('POST', `extensions/${id}/decision`, { version: flow.version, approve, note: '' }).then(done, (e: Refusal) => toast({ text: e.message }));
  };
  return (
    <>{flow.extensions.filter((e) => e.state === 'asked').map((e) => (
      <div class="notice warn"><Icon name="hourglass" /><div><span><b>{e.name}</b> {say('xin gia hạn đến', 'asks to extend to')} <b>{printDay(e.wanted_day)}</b>: {e.reason}</span>
        {flow.may.includes('decide_extension') && <span class="row"><Button label={say('Đồng ý', 'Approve')} kind="small primary" press={() => decide(e.id, true)} /><Button label={say('Không', 'Refuse')} kind="small" press={() => decide(e.id, false)} /></span>}</div></div>
    ))}</>
  );
}

function Drafts({ entry, flow, done }: Of): JSX.Element {
  const send = (input: HTMLInputElement): void => {
    const file = input.files?.[0];
    if (!file) return;
    fetch(`/api/v1/entries/${entry.id}/drafts?version=${flow.version}&name=${encodeURIComponent(file.name)}`, { method: 'POST', credentials: 'same-origin', headers: { 'X-Requested-With': 'svb', 'Content-Type': 'application/octet-stream' }, body: file })
      .then(async (a) => { const answer = await a.json(); if (a.ok) done(answer); else toast({ text: answer.error?.message?.[language()] ?? say('Chưa tải được dự thảo.', 'The draft was not taken.') }); }, () => toast({ text: say('Máy chủ không trả lời.', 'The service does not answer.') }));
  };
  return (
    <>
      {(flow.drafts.length > 0 || flow.comments.length > 0) && <h2>{say('Dự thảo, ý kiến', 'Drafts, comments')}</h2>}
      {flow.drafts.length > 0 && <ul class="lines">{flow.drafts.map((d) => <li><a href={fileUrl(d.sha256, d.name, { entry: entry.id })} download={d.name}>{d.name}</a><span class="chip plain">{say('phiên bản', 'version')} {d.version}</span><small>{d.author_name}</small><small>{printMoment(d.at)}</small></li>)}</ul>}
      {flow.comments.map((c) => <blockquote class="said"><p>{c.text}</p><small>{c.author_name} · {printMoment(c.at)}</small></blockquote>)}
      {flow.may.includes('draft') && <label class="button small upload"><Icon name="plus" />{say('Tải dự thảo', 'Upload a draft')}<input type="file" class="sr" onChange={(e) => send(e.currentTarget)} /></label>}
    </>
  );
}

type Asked = '' | 'complete' | 'return' | 'extend' | 'comment' | 'submit' | 'pause' | 'recalled';

/** One's own next steps; what one may do comes from the service. */
export function Handling({ entry, flow, done, assign }: Of & { assign: () => void }): JSX.Element {
  const [asked, ask] = useState<Asked>('');
  const may = (what: Flow['may'][number]): boolean => flow.may.includes(what);
  const close = (): void => ask('');
  const start = (): void => { step(entry.id, 'start', flow).then(done, (e: Refusal) => toast({ text: e.message })); };
  const act = (verb: string): void => { step(entry.id, verb, flow).then((f) => { done(f); toast({ text: say('Đã ghi.', 'Done.') }); }, (e: Refusal) => toast({ text: e.message })); };
  const of = { entry, flow, done };
  return (
    <>
      {flow.return_reason && flow.status === 'registered' && <p class="notice warn"><Icon name="chevron-left" /><span>{say('Chuyển lại: ', 'Returned: ')}{flow.return_reason}</span></p>}
      <Extensions {...of} />
      <div class="row steps">
        {may('submit') && <Button label={say('Trình', 'Submit')} icon="route" press={() => ask('submit')} />}
        {may('assign') && <Button label={say('Giao thực hiện', 'Assign')} icon="users" press={assign} />}
        {may('start') && <Button label={say('Nhận xử lý', 'Start')} icon="check" press={start} />}
        {may('complete') && <Button label={say('Hoàn thành', 'Complete')} icon="check" kind="primary" press={() => ask('complete')} />}
        {may('comment') && <Button label={say('Ý kiến', 'Comment')} icon="file-text" press={() => ask('comment')} />}
        {may('extend') && <Button label={say('Xin gia hạn', 'Extension')} icon="hourglass" press={() => ask('extend')} />}
        {may('remind') && <Button label={say('Nhắc', 'Remind')} icon="clock" press={() => act('remind')} />}
        {may('pause') && <Button label={say('Tạm dừng', 'Pause')} icon="clock" press={() => ask('pause')} />}
        {may('resume') && <Button label={say('Xử lý tiếp', 'Resume')} icon="clock" press={() => act('resume')} />}
        {may('recalled') && <Button label={say('Nơi gửi thu hồi', 'Taken back by its issuer')} icon="ban" press={() => ask('recalled')} />}
        {may('return') && <Button label={say('Chuyển lại', 'Return')} icon="chevron-left" press={() => ask('return')} />}
      </div>
      {asked === 'submit' && <AskSubmit {...of} close={close} />}
      {asked === 'complete' && <Ask label={say('Hoàn thành', 'Complete')} hint={say('Kết quả', 'Result')} close={close} send={(result) => step(entry.id, 'complete', flow, { result }).then((f) => { done(f); toast({ text: say('Đã hoàn thành.', 'Completed.') }); })} />}
      {asked === 'comment' && <Ask label={say('Gửi ý kiến', 'Send')} hint={say('Ý kiến', 'Comment')} min={1} close={close} send={(text) => step(entry.id, 'comments', flow, { text }).then(done)} />}
      {asked === 'extend' && <AskExtension {...of} close={close} />}
      {asked === 'recalled' && <Ask label={say('Ghi thu hồi, khóa tệp', 'Record it, lock the files')} hint={say('Căn cứ: văn bản hoặc thông báo thu hồi', 'By which notice')} min={10} close={close} send={(reason) => step(entry.id, 'recalled', flow, { reason }).then(done)} />}
      {asked === 'pause' && <Ask label={say('Tạm dừng', 'Pause')} hint={say('Lý do tạm dừng', 'Reason')} min={10} close={close} send={(reason) => step(entry.id, 'pause', flow, { reason }).then(done)} />}
      {asked === 'return' && <Ask label={say('Chuyển lại văn thư', 'Return to the clerk')} hint={say('Lý do (ít nhất 10 ký tự)', 'Reason (10 characters or more)')} min={10} close={close} send={(reason) => step(entry.id, 'return', flow, { reason }).then((f) => { done(f); toast({ text: say('Đã chuyển lại văn thư.', 'Returned to the clerk.') }); })} />}
      <Instructions flow={flow} />
      <Units flow={flow} />
      <Drafts {...of} />
    </>
  );
}

