// Văn bản đến, Văn bản đi (ui.md 6.5): the register as a fast list. Pages come
// as one scrolls; only the rows in sight are in the page.
import { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Entry, get, me } from '../api';
import { useBar } from '../bar';
import { addDays, isWorkday, today } from '../days';
import { statusName } from '../flow';
import { urgencyName } from '../letter';
import { useKeys } from '../keys';
import { useLists } from '../lists';
import { useNews } from '../live';
import { Empty, Icon, toast } from '../parts';
import { lazy } from '../parts/lazy';
import { pageOf, useResults } from '../results';
import { go, usePlace } from '../route';
import { printDay, say } from '../words';
import { Wait } from '../parts/wait';

const Bulk = lazy(() => import('./bulk').then((m) => m.Bulk));

interface Page { items: Entry[]; next: number; next_suffix: string; total: number; book: number; book_name: string }
type Row = { day: string; count: number } | { line: Entry; index: number };

const DAY_HEIGHT = 30;
const lineHeight = (): number => (document.documentElement.dataset.density === 'dense' ? 32 : innerWidth < 720 ? 104 : 52);

/** Days as rows of their own between the lines. */
function rowsOf(lines: Entry[]): Row[] {
  const rows: Row[] = [];
  let head: { day: string; count: number } | undefined;
  lines.forEach((line, index) => {
    if (!head || head.day !== line.day) { head = { day: line.day ?? '', count: 0 }; rows.push(head); }
    head.count++;
    rows.push({ line, index });
  });
  return rows;
}

const firstOf = (tops: number[], at: number): number => {
  let low = 0;
  let high = tops.length;
  while (low < high) { const middle = (low + high) >> 1; if (tops[middle] <= at) low = middle + 1; else high = middle; }
  return Math.max(0, low - 1);
};

function Due({ line }: { line: Entry }): JSX.Element | null {
  const day = line.fields.due_day as string | null;
  if (!day || line.direction === 'out') return null;
  const open = line.state === 'valid' && line.status !== 'done' && line.status !== 'information';
  if (open && day < today()) return <span class="late inline past"><Icon name="circle-alert" />{printDay(day)}</span>;
  const soon = open && [...Array(3).keys()].map((n) => addDays(today(), n)).filter(isWorkday).includes(day);
  return soon ? <span class="late inline"><Icon name="clock" />{printDay(day)}</span> : <span>{printDay(day)}</span>;
}

function Cells({ line, out, picked, pick }: { line: Entry; out: boolean; picked: boolean; pick: () => void }): JSX.Element {
  const f = line.fields;
  const subject = (
    <td><div class="two">{!!f.urgency && <><span class="chip stampy">{urgencyName(Number(f.urgency))}</span> </>}<a href={`/vb/${line.id}`}><b>{line.type_name}</b> {f.subject}</a>
      {line.state === 'void' && <small>{say('Đã hủy số: ', 'Voided: ')}{line.void_reason}</small>}</div></td>
  );
  const status = <td><span class={`chip ${line.status === 'done' ? 'plain' : ''}`}>{line.state === 'void' ? say('Đã hủy', 'Void') : statusName(line.status)}</span></td>;
  const box = <input type="checkbox" tabIndex={-1} aria-label={say(`Chọn số ${line.number}${line.suffix}`, `Choose no. ${line.number}${line.suffix}`)} checked={picked} onClick={(e) => e.stopPropagation()} onChange={(e) => { e.currentTarget.blur(); pick(); }} />;
  if (out) {
    return <><td class="number one">{box}{f.symbol || line.number}</td><td class="tabular">{printDay(line.day)}</td>{subject}<td>{f.signer_name}</td><td><div class="two">{f.receiver}</div></td><td>{line.unit_name}</td>{status}</>;
  }
  return (
    <><td class="number">{box}{line.number}{line.suffix}</td><td><div class="two">{f.issuer}</div></td><td class="tabular"><div class="one" title={f.symbol ?? ''}>{f.symbol}</div><small>{printDay(f.document_day as string)}</small></td>{subject}
      <td><div class="two">{f.receiver || line.unit_name}</div></td>{status}<td class="tabular"><Due line={line} /></td></>
  );
}

function heads(out: boolean): string[] {
  return out ? [say('Số, ký hiệu', 'Symbol'), say('Ngày', 'Date'), say('Tên loại và trích yếu nội dung', 'Type and summary'), say('Người ký', 'Signatory'), say('Nơi nhận', 'Receivers'), say('Đơn vị soạn', 'Drafted by'), say('Phát hành', 'Issue')]
    : [say('Số đến', 'No.'), say('Tác giả', 'Issuer'), say('Số, ký hiệu, ngày', 'Symbol, date'), say('Tên loại và trích yếu nội dung', 'Type and summary'), say('Đơn vị nhận', 'Receiver'), say('Trạng thái', 'Status'), say('Hạn', 'Due')];
}

function spans(year: number): [string, string, string][] {
  const now = today();
  const here = +now.slice(0, 4) === year;
  const month = here ? +now.slice(5, 7) : 12;
  const from = (m: number): string => `${year}-${String(m).padStart(2, '0')}-01`;
  return [['thang', say('Tháng này', 'This month'), from(month)], ['quy', say('Quý', 'Quarter'), from(Math.floor((month - 1) / 3) * 3 + 1)], ['nam', say('Cả năm', 'Year'), '']];
}

/** All of the list's state is in the address. */
function Filters({ direction, year, query }: { direction: string; year: number; query: URLSearchParams }): JSX.Element {
  const { rawUnits } = useLists('in');
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value); else next.delete(name);
    go(`${location.pathname}${next.size ? `?${next}` : ''}`, true);
  };
  const statuses = direction === 'in' ? ['registered', 'submitted', 'routed', 'working', 'done', 'information', 'paused'] : ['issued'];
  const span = query.get('ky') ?? 'nam';
  return (
    <div class="row filters">
      <div class="segments" role="group" aria-label={say('Thời gian', 'Time')}>{spans(year).map(([key, label]) => <button type="button" aria-pressed={span === key} onClick={() => set('ky', key === 'nam' ? '' : key)}>{label}</button>)}</div>
      <select aria-label={say('Đơn vị', 'Unit')} value={query.get('donvi') ?? ''} onChange={(e) => set('donvi', e.currentTarget.value)}><option value="">{say('Mọi đơn vị', 'All units')}</option>{rawUnits.map((u) => <option value={u.id}>{u.name}</option>)}</select>
      <select aria-label={say('Trạng thái', 'Status')} value={query.get('trangthai') ?? ''} onChange={(e) => set('trangthai', e.currentTarget.value)}><option value="">{say('Mọi trạng thái', 'Any status')}</option>{statuses.map((s) => <option value={s}>{statusName(s)}</option>)}</select>
      {direction === 'in' && <button type="button" class="button small" aria-pressed={query.has('quahan')} onClick={() => set('quahan', query.has('quahan') ? '' : '1')}>{say('Quá hạn', 'Overdue')}</button>}
      <button type="button" class="button small" aria-pressed={query.has('bohuy')} onClick={() => set('bohuy', query.has('bohuy') ? '' : '1')}>{say('Số đã hủy', 'Void numbers')}</button>
      <span class="grow" />
      <a class="button small" href={`/so/${direction === 'in' ? 'den' : 'di'}/${year}/in`}>{say('In sổ', 'Print')}</a>
    </div>
  );
}

function pathOf(direction: string, year: number, query: URLSearchParams): string {
  const q = new URLSearchParams({ direction, year: String(year), limit: '100' });
  const from = spans(year).find(([key]) => key === query.get('ky'))?.[2];
  if (from) q.set('from', from);
  if (query.get('donvi')) q.set('unit', query.get('donvi') ?? '');
  if (query.get('trangthai')) q.set('status', query.get('trangthai') ?? '');
  if (query.has('quahan')) q.set('overdue', '1');
  if (query.has('bohuy')) q.set('state', 'void');
  return `entries?${q}`;
}

export function Book({ direction, year: asked }: { direction: string; year: number }): JSX.Element {
  const { query } = usePlace();
  const year = asked || +today().slice(0, 4);
  const path = pathOf(direction, year, query);
  const [lines, setLines] = useState<Entry[]>([]);
  const [page, setPage] = useState<Page>();
  const [error, setError] = useState<Error>();
  const [at, setAt] = useState(0);
  const [top, setTop] = useState(0);
  const [picked, setPicked] = useState<Set<number>>(new Set());
  const [bulk, setBulk] = useState(false); // stays while it says what became of the lines
  const box = useRef<HTMLDivElement>(null);
  const asking = useRef('');
  const out = direction === 'out';
  const load = (after: number, suffix: string): void => {
    const url = `${path}${after ? `&after=${after}&after_suffix=${encodeURIComponent(suffix)}` : ''}`;
    if (after && asking.current === url) return;
    asking.current = url;
    get<Page>(url).then((p) => { if (asking.current !== url) return; setPage(p); setError(undefined); setLines((old) => (after ? [...old, ...p.items] : p.items)); asking.current = ''; }, (e) => { asking.current = ''; setError(e); });
  };
  useEffect(() => { setAt(0); setPicked(new Set()); setBulk(false); load(0, ''); box.current?.scrollTo(0, 0); }, [path]);
  useNews(['number'], () => { if ((box.current?.scrollTop ?? 0) < 100) load(0, ''); }, 1000);
  useResults({ ids: lines.map((l) => l.id), total: page?.total ?? 0, path, next: page ? pageOf({ ...page, items: [] }).next : '' });
  const rows = useMemo(() => rowsOf(lines), [lines]);
  const height = lineHeight();
  const tops = useMemo(() => { let y = 0; return rows.map((r) => { const had = y; y += 'line' in r ? height : DAY_HEIGHT; return had; }); }, [rows, height]);
  const whole = tops.length ? tops[tops.length - 1] + height : 0;
  const view = box.current?.clientHeight ?? 800;
  const first = Math.max(0, firstOf(tops, top) - 8);
  const last = Math.min(rows.length, firstOf(tops, top + view) + 9);
  useEffect(() => { if (page?.next && top + view > whole - 1200) load(page.next, page.next_suffix); }, [top, page, whole]);
  useLayoutEffect(() => {
    const row = rows.findIndex((r) => 'line' in r && r.index === at);
    const element = box.current;
    if (row < 0 || !element) return;
    if (tops[row] < element.scrollTop) element.scrollTop = Math.max(0, tops[row] - DAY_HEIGHT);
    else if (tops[row] + height + 40 > element.scrollTop + element.clientHeight) element.scrollTop = tops[row] + height + 40 - element.clientHeight;
  }, [at]);
  const pick = (ids: number[], on: (had: boolean) => boolean): void => {
    setBulk(true);
    setPicked((old) => { const next = new Set(old); for (const id of ids) if (on(old.has(id))) next.add(id); else next.delete(id); return next; });
  };
  const extend = (step: number): void => {
    const to = Math.min(lines.length - 1, Math.max(0, at + step));
    if (lines[at]) pick([lines[at].id, lines[to].id], () => true);
    setAt(to);
  };
  const clear = (): void => { setPicked(new Set()); setBulk(false); };
  const chosen = useMemo(() => lines.filter((l) => picked.has(l.id)), [lines, picked]);
  const move = (step: number): void => setAt((n) => Math.min(lines.length - 1, Math.max(0, n + step)));
  const open = (): void => { if (lines[at]) go(`/vb/${lines[at].id}`); };
  const clerk = !!me.session?.user.roles.includes('clerk');
  useKeys({
    J: () => move(1), K: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), PageDown: () => move(10), PageUp: () => move(-10), Home: () => setAt(0), End: () => setAt(lines.length - 1),
    X: () => { if (lines[at]) pick([lines[at].id], (had) => !had); }, 'Shift+J': () => extend(1), 'Shift+K': () => extend(-1), 'Ctrl+A': () => pick(lines.map((l) => l.id), () => true),
    Escape: () => { if (bulk) clear(); else (document.activeElement as HTMLElement | null)?.blur(); },
    Enter: open, O: open, R: () => { if (lines[at]) go(`/vb/${lines[at].id}?but-phe`); }, E: () => { if (clerk && lines[at]) go(`/vb/${lines[at].id}?sua`); }, N: () => { if (clerk) go(out ? '/di/moi' : '/den/moi'); },
    C: () => { const f = lines[at]?.fields; if (f) void navigator.clipboard?.writeText(`${f.symbol} ngày ${printDay(f.document_day as string)}`).then(() => toast({ text: say('Đã chép số, ký hiệu.', 'Symbol copied.') })); },
  });
  const title = out ? say('Văn bản đi', 'Outgoing documents') : say('Văn bản đến', 'Incoming documents');
  useBar({ title, count: page ? say(`${page.total} văn bản`, `${page.total} documents`) : '' });
  const columns = heads(out);
  return (
    <main class="content book" id="content">
      <Filters direction={direction} year={year} query={query} />
      {bulk && <Bulk lines={chosen} out={out} clerk={clerk} clear={clear} drop={(id: number) => pick([id], () => false)} changed={(id: number, part: Partial<Entry>) => setLines((old) => old.map((l) => (l.id === id ? { ...l, ...part } : l)))} />}
      <div class="scroll table-box" ref={box} onScroll={(e) => setTop(e.currentTarget.scrollTop)} tabIndex={0} role="region" aria-label={title}>
        <table class={out ? 'out' : 'in'} aria-rowcount={page ? page.total + 1 : -1}>
          <thead><tr aria-rowindex={1}>{columns.map((h) => <th>{h}</th>)}</tr></thead>
          <tbody>{first > 0 && <tr class="space" aria-hidden="true" style={{ height: `${tops[first]}px` }}><td colSpan={columns.length} /></tr>}
            {rows.slice(first, last).map((r) => ('line' in r
              ? <tr key={r.line.id} id={`line-${r.index}`} class={`${r.line.state === 'void' ? 'void' : ''} ${r.index === at ? 'chosen' : ''} ${picked.has(r.line.id) ? 'picked' : ''}`} style={{ height: `${height}px` }} aria-rowindex={r.index + 2} onClick={() => go(`/vb/${r.line.id}`)}><Cells line={r.line} out={out} picked={picked.has(r.line.id)} pick={() => pick([r.line.id], (had) => !had)} /></tr>
              : <tr key={r.day} class="day-row" style={{ height: `${DAY_HEIGHT}px` }}><th colSpan={columns.length} scope="rowgroup">{printDay(r.day)} <small>{r.count}</small></th></tr>))}
            {last < rows.length && <tr class="space" aria-hidden="true" style={{ height: `${whole - tops[last]}px` }}><td colSpan={columns.length} /></tr>}</tbody>
        </table>
        <Wait value={page} error={error} again={() => load(0, '')} />
        {page && !lines.length && <Empty>{page.total === 0 && query.size ? say('Không có văn bản nào theo bộ lọc này.', 'Nothing fits these filters.') : out ? say(`Sổ ${year} chưa có văn bản đi.`, `Book ${year} is empty.`) : say(`Sổ ${year} chưa có văn bản. Số đến bắt đầu từ 1.`, `Book ${year} is empty. Numbers start at 1.`)}</Empty>}
      </div>
    </main>
  );
}
