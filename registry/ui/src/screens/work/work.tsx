// Việc của tôi (ui.md 6.2): what waits, the paper beside it, an answer below.
import { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Entry, get, me, Refusal } from '../../api';
import { useBar } from '../../bar';
import { dueWords, Flow, recognise, recogniseDay, roleName, WorkCounts, WorkItem } from '../../flow';
import { useKeys } from '../../keys';
import { urgencyName } from '../../letter';
import { useNews } from '../../live';
import { useLists } from '../../lists';
import { Button, Empty, Icon, Problem, useLoad, Viewed } from '../../parts';
import { Paper } from '../../parts/paper';
import { go } from '../../route';
import { printDay, printMoment, say } from '../../words';
import { instruct, Routing } from '../document/routing';
import { Wait } from '../../parts/wait';

interface Answer { items: WorkItem[]; next: number; counts: WorkCounts; done_today: number }
type Tab = keyof WorkCounts;

function tabName(tab: Tab): string {
  const names: Record<Tab, string> = {
    to_submit: say('Chờ trình', 'To submit'), returned: say('Chuyển lại', 'Returned'), extensions: say('Xin gia hạn', 'Extensions'), awaiting: say('Chờ bút phê', 'Awaiting'), to_assign: say('Chờ giao', 'To assign'),
    assigned: say('Được giao', 'Assigned'), supporting: say('Phối hợp', 'Supporting'), due_soon: say('Sắp hạn', 'Due soon'), overdue: say('Quá hạn', 'Overdue'), information: say('Để biết', 'For information'), done: say('Đã xong', 'Done'),
  };
  return names[tab];
}

/** Tabs by role; those of a clerk or of a leader who approves come when there is something. */
function tabsOf(roles: string[], counts?: WorkCounts): Tab[] {
  const has = (role: string): boolean => roles.includes(role);
  const tabs: Tab[] = has('leader') ? ['awaiting', 'due_soon', 'overdue', 'information'] : has('unit_head') ? ['to_assign', 'assigned', 'due_soon', 'overdue', 'supporting', 'done']
    : has('specialist') ? ['assigned', 'supporting', 'due_soon', 'overdue', 'done'] : ['to_submit', 'overdue'];
  const more = (['extensions', 'returned', 'to_submit'] as Tab[]).filter((t) => counts?.[t] && !tabs.includes(t));
  return [...tabs, ...more];
}

function groupsOf(tab: Tab, items: WorkItem[]): [string, WorkItem[]][] {
  if (tab !== 'awaiting') return [['', items]];
  const urgent = (i: WorkItem): boolean => i.urgency > 0 || i.overdue || i.working_days_left === 0;
  return ([[say('Cần ý kiến ngay', 'Needs an answer now'), items.filter(urgent)], [tabName(tab), items.filter((i) => !urgent(i))]] as [string, WorkItem[]][]).filter(([, l]) => l.length);
}

function Row({ item, chosen, open }: { item: WorkItem; chosen: boolean; open: () => void }): JSX.Element {
  const due = dueWords(item.due_day, item.working_days_left);
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (chosen) ref.current?.scrollIntoView({ block: 'nearest' }); }, [chosen]);
  return (
    <button type="button" class="letter" ref={ref} aria-current={chosen || undefined} onClick={open}>
      <span class="line"><strong>{item.issuer}</strong>{item.urgency > 0 && <span class="chip stampy">{urgencyName(item.urgency)}</span>}<span class="hint">{item.direction === 'in' ? say('Đến', 'In') : say('Đi', 'Out')} {item.number}{item.suffix}</span></span>
      <span class="summary">{item.subject}</span>
      <span class="row small">{due && <span class={`late inline ${item.overdue ? 'past' : item.due_soon || item.working_days_left === 0 ? '' : 'plain'}`}><Icon name={item.overdue ? 'circle-alert' : 'clock'} />{due}</span>}
        {item.role && <span class="chip plain">{roleName(item.role)}</span>}<small>{item.submitted_by ? `${item.submitted_by} ${say('trình', 'submitted')}` : item.lead_name ?? ''}</small></span>
    </button>
  );
}

/** Two lines to answer with; who is meant is read from the words. */
function Composer({ entry, flow, done, more }: { entry: Entry; flow: Flow; done: (flow: Flow) => void; more: () => void }): JSX.Element {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const { rawUnits } = useLists('in');
  const list = useMemo(() => recognise(text, rawUnits), [text, rawUnits]);
  const due = recogniseDay(text);
  const send = (only: boolean): void => {
    if (busy) return;
    if (!only && list.filter((a) => a.role === 'lead').length !== 1) {
      if (!text.trim()) setProblem(say('Viết nội dung, nêu đơn vị chủ trì.', 'Write who leads.'));
      else { localStorage.setItem(`instruction-${entry.id}`, JSON.stringify({ text })); more(); }
      return;
    }
    setBusy(true);
    instruct(entry.id, flow, { text, list: only ? [] : list, due: due || flow.due_day || '', remind: true, only }, done).then(() => setText(''), (e: Refusal) => setProblem(e.message)).finally(() => setBusy(false));
  };
  return (
    <div class="composer" onKeyDown={(e) => { if (e.ctrlKey && /Enter$/.test(e.code)) { e.preventDefault(); send(false); } }}>
      <div class="grow"><textarea rows={2} aria-label={say('Bút phê', 'Instruction')} placeholder={say('Giao … chủ trì, phối hợp …, báo cáo trước ngày …', '… leads, … supports, report before …')} value={text}
        aria-invalid={!!problem} onInput={(e) => { setText(e.currentTarget.value); setProblem(''); }} />
        <div class="row">{list.map((a) => <span class="chip">{a.name} · {roleName(a.role).toLowerCase()}</span>)}
          {due && <span class="chip plain"><Icon name="clock" />{printDay(due)}</span>}
          <button type="button" class="link" onClick={() => { localStorage.setItem(`instruction-${entry.id}`, JSON.stringify({ text })); more(); }}>{say('Chọn đơn vị, hạn…', 'Choose units, deadline…')}</button>
          <span class="error" role="alert">{problem}</span></div></div>
      <div class="stack"><button type="button" class="button primary" disabled={busy} aria-keyshortcuts="Control+Enter" onClick={() => send(false)}><Icon name="route" />{say('Chuyển', 'Send')}<kbd>Ctrl ↵</kbd></button>
        <Button label={say('Chỉ để biết', 'Information only')} press={() => send(true)} /></div>
    </div>
  );
}

function Reader({ item, done }: { item: WorkItem; done: () => void }): JSX.Element {
  const { value: entry, error, again } = useLoad(() => get<Entry>(`entries/${item.entry}`), [item.entry]);
  const [flow, setFlow] = useState<Flow>();
  const [routing, setRouting] = useState(false);
  useEffect(() => { setFlow(undefined); get<Flow>(`entries/${item.entry}/flow`).then(setFlow, () => undefined); }, [item.entry, item.version]);
  const may = !!flow?.may.includes('instruct');
  useKeys({ R: () => { if (may) setRouting(true); } });
  if (error) return <section class="reader"><Problem error={error} again={again} /></section>;
  if (!entry || entry.id !== item.entry) return <section class="reader" aria-busy="true" />;
  const main = entry.files?.find((f) => f.role === 'main') ?? entry.files?.[0];
  const changed = (next: Flow): void => { setFlow(next); done(); };
  return (
    <section class="reader" aria-label={item.subject}>
      <header><p><b class="number">{item.direction === 'in' ? say('Đến', 'In') : say('Đi', 'Out')} {item.number}{item.suffix}</b> {item.symbol} · {item.issuer} · {printDay(item.document_day)}
        <a class="link" href={`/vb/${item.entry}`}>{say('Mở văn bản', 'Open')} <kbd>↵</kbd></a></p><h2>{item.subject}</h2>
        {flow?.instructions.filter((i) => i.state === 'in_force').map((i) => <blockquote><p>{i.text}</p><small>{i.author_name} · {printMoment(i.at)}</small></blockquote>)}</header>
      <div class="paper">{main ? <Paper part={main as Viewed} of={{ entry: entry.id }} /> : <Empty>{say('Không có tệp.', 'No files.')}</Empty>}</div>
      {may && flow && <Composer key={entry.id} entry={entry} flow={flow} done={changed} more={() => setRouting(true)} />}
      {routing && flow && <Routing entry={entry} flow={flow} close={() => setRouting(false)} done={changed} />}
    </section>
  );
}

export function Work({ tab }: { tab: string }): JSX.Element {
  const roles = me.session?.user.roles ?? [];
  const [at, setAt] = useState(0);
  const [counts, setCounts] = useState<WorkCounts>();
  const tabs = tabsOf(roles, counts);
  const shown = (tabs.includes(tab as Tab) ? tab : tabs[0]) as Tab;
  const { value, error, again } = useLoad(() => get<Answer>(`work?tab=${shown}&limit=100`), [shown]);
  useEffect(() => { if (value) setCounts(value.counts); }, [value]);
  useEffect(() => setAt(0), [shown]);
  useNews(['queue', 'number'], again, 2000);
  useBar({ title: say('Việc của tôi', 'My work'), count: new Intl.DateTimeFormat('vi-VN', { weekday: 'long', day: 'numeric', month: 'numeric', year: 'numeric' }).format(new Date()) });
  const groups = groupsOf(shown, value?.items ?? []);
  const items = groups.flatMap(([, list]) => list);
  const item = items[Math.min(at, items.length - 1)];
  const move = (by: number): void => setAt((n) => Math.min(Math.max(0, Math.min(n, items.length - 1) + by), Math.max(0, items.length - 1)));
  const open = (i: WorkItem): void => { if (innerWidth < 720) go(`/vb/${i.entry}`); else setAt(items.indexOf(i)); };
  useKeys({ J: () => move(1), K: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), Home: () => setAt(0), End: () => setAt(items.length - 1), Enter: () => { if (item) go(`/vb/${item.entry}`); }, O: () => { if (item) go(`/vb/${item.entry}`); } });
  return (
    <main class="content work" id="content">
      <section class="queue" aria-label={tabName(shown)}>
        <nav class="tabs">{tabs.map((t) => <a href={`/?tab=${t}`} aria-current={t === shown ? 'page' : undefined}>{tabName(t)} <small class={t === 'overdue' && counts?.overdue ? 'number' : ''}>{counts?.[t] || ''}</small></a>)}</nav>
        <Wait value={value} error={error} again={again} />
        <div class="scroll">{groups.map(([name, list]) => <>{name && <h2 class="group">{name}<span class="grow" />{list.length}</h2>}{list.map((i) => <Row item={i} chosen={i === item} open={() => open(i)} />)}</>)}
          {value && !items.length && <Empty>{shown === 'awaiting' ? say(`Không còn văn bản chờ bút phê. Hôm nay đã xử lý ${value.done_today}.`, `Nothing awaits you. ${value.done_today} handled today.`) : say('Không có việc nào ở đây.', 'Nothing here.')}</Empty>}</div>
      </section>
      {item && innerWidth >= 720 ? <Reader key={item.entry} item={item} done={again} /> : <section class="reader" />}
    </main>
  );
}
