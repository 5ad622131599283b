// Bút phê, chuyển xử lý (ui.md 6.8): a sheet at the right, on phones from below.
import { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Entry, get, me, post, Refusal } from '../../api';
import { Assignee, Flow, recognise, recogniseDay, Role, roleName, step, Template, useReceivers, usualDays } from '../../flow';
import { useLists } from '../../lists';
import { Button, Icon, toast, useLoad } from '../../parts';
import { Assignees } from '../../parts/assignees';
import { DayField } from '../../parts/day-field';
import { parseDay } from '../../days';
import { printDay, say } from '../../words';

interface Wanted { text: string; list: Assignee[] | null; due: string; picked: boolean; remind: boolean; behalf: number }

function loadDraft(entry: number): Wanted {
  try {
    return { ...empty(), ...JSON.parse(localStorage.getItem(`instruction-${entry}`) ?? '{}') };
  } catch {
    return empty();
  }
}
function empty(): Wanted { return { text: '', list: null, due: '', picked: false, remind: true, behalf: 0 }; }
export function dropInstruction(entry: number): void { localStorage.removeItem(`instruction-${entry}`); }

/** Sends it; the toast takes it back while nobody has opened it. */
export async function instruct(entry: number, flow: Flow, wanted: { text: string; list: Assignee[]; due: string; remind: boolean; behalf?: number; replaces?: number; only?: boolean }, done: (flow: Flow) => void): Promise<void> {
  const answer = await step(entry, 'instruct', flow, {
    text: wanted.text, information_only: !!wanted.only, due_day: wanted.due || null, remind_days: wanted.remind ? 2 : -1,
    assignments: wanted.list.map((a) => ({ [a.kind]: a.id, role: wanted.only ? 'inform' : a.role })),
    ...(wanted.behalf ? { behalf: wanted.behalf } : {}), ...(wanted.replaces ? { replaces: wanted.replaces } : {}),
  });
  dropInstruction(entry);
  done(answer);
  const given = answer.instructions[0];
  const undo = (): void => {
    post<Flow>(`instructions/${given.id}/recall`, { version: answer.version }).then((f) => { done(f); toast({ text: say('Đã rút bút phê.', 'The instruction is taken back.') }); }, (e: Refusal) => toast({ text: e.message }));
  };
  const text = wanted.only ? say('Đã ghi để biết.', 'Marked for information.') : say(`Đã chuyển cho ${wanted.list.length} nơi.`, `Sent to ${wanted.list.length}.`);
  toast({ text, undo: given.undo_until ? undo : undefined, seconds: 30 });
}

function Compare({ due, sender }: { due: string; sender: string | null }): JSX.Element | null {
  const { value } = useLoad(() => (due && sender ? get<{ compare_days: number | null; works: boolean }>(`calendar/due?day=${due}&compare=${sender}`) : Promise.resolve(null)), [due, sender]);
  if (!due || !value) return null;
  const days = value.compare_days ?? 0;
  if (!value.works) return <p class="late"><Icon name="warn" />{say('Ngày này là ngày nghỉ.', 'That is a day off.')}</p>;
  if (days < 0) return <p class="late"><Icon name="warn" />{say(`Sau hạn của nơi gửi (${printDay(sender)}) ${-days} ngày làm việc`, `${-days} workdays after the sender's deadline (${printDay(sender)})`)}</p>;
  return <p class="hint"><Icon name="check" /> {say(`Trước hạn của nơi gửi (${printDay(sender)}) ${days} ngày làm việc`, `${days} workdays before the sender's deadline (${printDay(sender)})`)}</p>;
}

function Days({ due, set }: { due: string; set: (day: string) => void }): JSX.Element {
  const [text, setText] = useState(printDay(due));
  useEffect(() => setText(printDay(due)), [due]);
  return (
    <div class="row days">
      {usualDays().map((d) => <button type="button" class="button small" aria-pressed={d.day === due} onClick={() => set(d.day === due ? '' : d.day)}>{d.label}</button>)}
      <DayField id="due" text={text} nearest="future" set={(t) => { setText(t); if (!t.trim() || parseDay(t, 'future')) set(parseDay(t, 'future')); }} next={() => undefined} />
    </div>
  );
}

/** What may be said with one press; own sentences after everybody's. */
function Sentences({ put }: { put: (template: Template) => void }): JSX.Element {
  const { value } = useLoad(() => get<{ items: Template[] }>('templates'), []);
  const usual: Template[] = [say('Chủ trì, tham mưu', 'Lead and advise'), say('Phối hợp thực hiện', 'Support'), say('Để biết, theo dõi', 'For information'), say('Trình tôi trước khi gửi', 'To me before sending')].map((text, i) => ({ id: -i, text, shared: true, role: null, position: i }));
  return <div class="row sentences">{(value?.items.length ? value.items : usual).map((t) => <button type="button" class="pick" onClick={() => put(t)}>{t.text}</button>)}</div>;
}

export function Routing({ entry, flow, close, done }: { entry: Entry; flow: Flow; close: () => void; done: (flow: Flow) => void }): JSX.Element {
  const [now, set] = useState(() => loadDraft(entry.id));
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const { rawUnits, people, leaders } = useLists('in');
  const choices = useReceivers(rawUnits, people);
  const text = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDialogElement>(null);
  const read = useMemo(() => recognise(now.text, rawUnits), [now.text, rawUnits]);
  const list = now.list ?? read;
  const due = now.picked ? now.due : recogniseDay(now.text) || flow.due_day || '';
  const clerk = !me.session?.user.roles.includes('leader');
  const change = (some: Partial<Wanted>): void => { set({ ...now, ...some }); setProblem(''); };
  useLayoutEffect(() => { box.current?.showModal(); text.current?.focus(); }, []);
  useEffect(() => { localStorage.setItem(`instruction-${entry.id}`, JSON.stringify(now)); }, [now]);
  const put = (t: Template): void => {
    const at = text.current?.selectionStart ?? now.text.length;
    const gap = at && !/\s$/.test(now.text.slice(0, at)) ? ' ' : '';
    change({ text: `${now.text.slice(0, at)}${gap}${t.text}${now.text.slice(at)}` });
    text.current?.focus();
  };
  const inForce = flow.instructions.find((i) => i.state === 'in_force');
  const send = (): void => {
    if (busy) return;
    if (list.filter((a) => a.role === 'lead').length !== 1) {
      setProblem(say('Chọn một đơn vị chủ trì.', 'Choose one unit to lead.'));
      document.getElementById('assignee')?.focus();
      return;
    }
    setBusy(true);
    instruct(entry.id, flow, { ...now, list, due, behalf: clerk ? now.behalf || flow.submitted_to : 0, replaces: inForce?.id }, done).then(close, (e: Refusal) => { setProblem(e.message); setBusy(false); });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey && /Enter$/.test(event.code)) { event.preventDefault(); send(); }
  };
  return (
    <dialog class="side-sheet" ref={box} onClose={close} onKeyDown={press} aria-label={say('Bút phê, chuyển xử lý', 'Instruct and route')}>
      <header><h2>{say('Bút phê, chuyển xử lý', 'Instruct and route')}</h2><small>{say('Số đến', 'No.')} {entry.number}</small>
        <button type="button" class="ib" aria-label={say('Đóng', 'Close')} onClick={() => box.current?.close()}><Icon name="x" /></button></header>
      <div class="scroll stack">
        {clerk && <label class="field"><span>{say('Ghi lại bút phê trên giấy của', 'Written on paper by')}</span>
          <select value={now.behalf || flow.submitted_to} onChange={(e) => change({ behalf: +e.currentTarget.value })}>{leaders.map((l) => <option value={l.id}>{l.name}</option>)}</select></label>}
        {inForce && <p class="notice"><Icon name="route" /><span>{say('Bút phê mới thay bút phê đang có; cả hai đều được giữ.', 'The new instruction replaces the one in force; both are kept.')}</span></p>}
        <label class="field"><span>{say('Nội dung bút phê', 'Instruction')}</span>
          <textarea ref={text} rows={5} value={now.text} onInput={(e) => change({ text: e.currentTarget.value, list: null })} /></label>
        <Sentences put={put} />
        <div class="field"><span class="row">{say('Giao cho', 'Assign to')}{!now.list && read.length > 0 && <small>{say('Gợi ý theo bút phê', 'Read from the text')}</small>}</span>
          <Assignees list={list} choices={choices} set={(l) => change({ list: l })} next={() => document.getElementById('due')?.focus()} invalid={!!problem} />
          <p class="error" id="assignee-problem" role="alert">{problem}</p></div>
        <div class="field"><span>{say('Hạn xử lý', 'Deadline')}</span><Days due={due} set={(d) => change({ due: d, picked: true })} /><Compare due={due} sender={flow.sender_due_day} /></div>
        <label class="check"><input type="checkbox" checked={now.remind} onChange={() => change({ remind: !now.remind })} />{say('Nhắc chủ trì khi còn 2 ngày', 'Remind the lead 2 days before')}</label>
      </div>
      <footer><button type="button" class="button primary grow" aria-keyshortcuts="Control+Enter" disabled={busy} onClick={send}><Icon name="route" />{list.length ? say(`Chuyển cho ${list.length} nơi`, `Send to ${list.length}`) : say('Chuyển', 'Send')}<kbd>Ctrl ↵</kbd></button>
        <Button label={say('Lưu nháp', 'Keep as draft')} press={() => box.current?.close()} /></footer>
    </dialog>
  );
}

/** A unit head gives the unit's part to people of the unit. */
export function Assign({ entry, flow, close, done }: { entry: Entry; flow: Flow; close: () => void; done: (flow: Flow) => void }): JSX.Element {
  const [list, setList] = useState<Assignee[]>([]);
  const [problem, setProblem] = useState('');
  const { people } = useLists('in');
  const note = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => { box.current?.showModal(); document.getElementById('assignee')?.focus(); }, []);
  const send = (): void => {
    step(entry.id, 'assign', flow, { people: list.map((a) => ({ user: a.id, role: a.role as Role })), note: note.current?.value ?? '' }).then((f) => { done(f); close(); toast({ text: say(`Đã giao ${list.map((a) => `${a.name} (${roleName(a.role)})`).join(', ')}`, `Given to ${list.map((a) => a.name).join(', ')}`) }); }, (e: Refusal) => setProblem(e.message));
  };
  return (
    <dialog class="side-sheet" ref={box} onClose={close} aria-label={say('Giao thực hiện', 'Assign')} onKeyDown={(e) => { if (e.ctrlKey && /Enter$/.test(e.code)) send(); }}>
      <header><h2>{say('Giao thực hiện trong đơn vị', 'Assign inside the unit')}</h2><button type="button" class="ib" aria-label={say('Đóng', 'Close')} onClick={() => box.current?.close()}><Icon name="x" /></button></header>
      <div class="scroll stack">
        <div class="field"><span>{say('Giao cho', 'Assign to')}</span><Assignees list={list} choices={people} set={setList} next={() => note.current?.focus()} invalid={!!problem} /><p class="error" id="assignee-problem" role="alert">{problem}</p></div>
        <label class="field"><span>{say('Ý kiến', 'Note')}</span><textarea ref={note} rows={3} /></label>
      </div>
      <footer><button type="button" class="button primary grow" onClick={send}>{say('Giao', 'Assign')}<kbd>Ctrl ↵</kbd></button></footer>
    </dialog>
  );
}
