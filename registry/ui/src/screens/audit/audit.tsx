// Nhật ký (ui.md 6.13): read only, newest first, older rows as one gets there.
import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, me } from '../../api';
import { Audit as Answer } from '../../api.generated';
import { useBar } from '../../bar';
import { parseDay } from '../../days';
import { useLists } from '../../lists';
import { Empty, Icon } from '../../parts';
import { Choose } from '../../parts/choose';
import { DayField } from '../../parts/day-field';
import { Download } from '../../parts/download';
import { Wait } from '../../parts/wait';
import { go } from '../../route';
import { dayOf, printClock, printDay, printMoment, say } from '../../words';
import { actionCodes, actionName, Phrase, phrasesOf } from './words';

type Row = Answer['items'][number];
const PAGE = 100;
/* As core/link_decide.c writes it. */
const RULE = 'Quy tắc tự động';

/** Rows that fit, a page at a time. */
function useRows(query: string): { rows?: Row[]; chain?: Answer['chain']; error?: Error; more: () => void; ended: boolean; again: () => void } {
  const [rows, setRows] = useState<Row[]>();
  const [chain, setChain] = useState<Answer['chain']>();
  const [error, setError] = useState<Error>();
  const [ended, setEnded] = useState(false);
  const [turn, setTurn] = useState(0);
  const busy = useRef<string | null>(null);
  const load = (old: Row[]): void => {
    const before = old.length ? `&before=${old[old.length - 1].seq}` : '';
    const mine = query + before;
    if (busy.current === mine) return;
    busy.current = mine;
    get<Answer>(`audit?limit=${PAGE}${query}${before}`).then((a) => {
      if (busy.current !== mine) return;
      busy.current = null;
      setRows([...old, ...a.items]);
      setChain(a.chain);
      setEnded(a.items.length < PAGE);
      setError(undefined);
    }, (e) => { busy.current = null; setError(e); });
  };
  useEffect(() => { setRows(undefined); load([]); }, [query, turn]);
  return { rows, chain, error, ended, more: () => { if (rows && !ended) load(rows); }, again: () => setTurn((n) => n + 1) };
}

function Chain({ of }: { of?: Answer['chain'] }): JSX.Element | null {
  if (!of?.at) return null;
  return of.broken
    ? <span class="chip warn" role="alert"><Icon name="circle-alert" />{say(`Chuỗi ghi đứt ở dòng ${of.broken}`, `The chain is broken at row ${of.broken}`)}</span>
    : <span class="chip good"><Icon name="check" />{say(`Chuỗi ghi liền mạch, kiểm tra ${printClock(of.at)}`, `The chain holds, checked ${printClock(of.at)}`)}</span>;
}

function ObjectOf({ row }: { row: Row }): JSX.Element {
  const types: Record<string, [string, string]> = { letter: ['Thư', 'Letter'], file: ['Tệp', 'File'], user: ['', ''], mailbox: ['', ''], unit: ['', ''], book: ['Sổ', 'Book'], dossier: ['Hồ sơ', 'Dossier'] };
  if (row.object_type === 'entry') {
    const name = `${row.direction === 'out' ? say('Số đi', 'Out') : say('Số đến', 'In')} ${row.object_name || `#${row.object}`}`;
    const opens = me.session?.user.roles.some((r) => r !== 'administrator');
    return opens ? <a href={`/vb/${row.object}`}>{name}</a> : <>{name}</>;
  }
  const said = types[row.object_type ?? ''];
  const type = said ? said[0] && say(...said) : '';
  return <>{type} {row.object_name || (row.object ? row.object : '')}</>;
}

/** From which machine it was done. */
function originOf(row: Row): string {
  if (!row.origin) return row.program ? say('Máy chủ', 'The server') : '';
  if (row.origin === 'gateway') return say('Cổng thư', 'Mail gateway');
  if (row.origin === 'command') return say('Lệnh trên máy chủ', 'Command');
  const [address, phone] = row.origin.split(' ');
  return phone ? say(`Điện thoại ${address}`, `Phone ${address}`) : address;
}

function Change({ of }: { of: Phrase }): JSX.Element {
  return <span class="change">{of.label}: {of.old !== undefined && <del>{of.old || say('trống', 'empty')}</del>} {of.old === undefined ? of.now : <ins>{of.now || say('trống', 'empty')}</ins>}</span>;
}

function Filters({ query, change }: { query: URLSearchParams; change: (name: string, value: string) => void }): JSX.Element {
  const { people } = useLists('in');
  const [who, setWho] = useState('');
  const [days, setDays] = useState({ from: printDay(query.get('from')), to: printDay(query.get('to')) });
  const day = (name: 'from' | 'to', label: string): JSX.Element => (
    <><label for={`log-${name}`}>{label}</label><DayField id={`log-${name}`} text={days[name]} nearest="past" next={() => undefined} set={(text) => {
      setDays({ ...days, [name]: text });
      const iso = parseDay(text);
      if (iso || !text.trim()) change(name, iso);
    }} /></>
  );
  return (
    <div class="row filters">
      {day('from', say('Từ', 'From'))}{day('to', say('đến', 'to'))}
      <Choose id="log-who" placeholder={say("Mọi người", "Everybody")} label={say('Mọi người', 'Everybody')} text={who} choices={people} set={(text, id) => { setWho(text); if (id || !text) change('actor', id ? String(id) : ''); }} next={() => undefined} />
      <select aria-label={say('Thao tác', 'Action')} value={query.get('action') ?? ''} onChange={(e) => change('action', e.currentTarget.value)}><option value="">{say('Mọi thao tác', 'Every action')}</option>
        {actionCodes.map((code) => [actionName(code), code]).sort(([a], [b]) => a.localeCompare(b, 'vi')).map(([name, code]) => <option value={code}>{name}</option>)}</select>
    </div>
  );
}

export function Audit({ query }: { query: URLSearchParams }): JSX.Element {
  const asked = ['from', 'to', 'actor', 'action'].filter((n) => query.get(n)).map((n) => `&${n}=${encodeURIComponent(query.get(n) ?? '')}`).join('');
  const { rows: found, chain, error, ended, more, again } = useRows(asked);
  const rows = found ?? [];
  const change = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value); else next.delete(name);
    if (next.toString() !== query.toString()) go(`/nhat-ky?${next}`, true);
  };
  useBar({ title: say('Nhật ký', 'Audit log'), count: <Chain of={chain} />, search: false, aside: <><span class="grow" />
    <Download label={say('Xuất', 'Export')} title={say('Các dòng theo bộ lọc này', 'The rows that fit')} formats={['csv', 'xlsx']} url={`/api/v1/audit/export?${asked.slice(1)}`} keys="Shift+E" /></> });
  const scrolled = (box: HTMLElement): void => { if (box.scrollHeight - box.scrollTop - box.clientHeight < 600) more(); };
  return (
    <main class="content log" id="content">
      <Filters query={query} change={change} />
      <div class="scroll table-box" tabIndex={0} role="region" aria-label={say('Nhật ký', 'Audit log')} onScroll={(e) => scrolled(e.currentTarget)}><table>
        <thead><tr><th>{say('Lúc', 'When')}</th><th>{say('Người', 'Who')}</th><th>{say('Thao tác', 'Action')}</th><th>{say('Đối tượng', 'Object')}</th><th>{say('Nội dung thay đổi', 'What changed')}</th><th>{say('Từ', 'From')}</th></tr></thead>
        <tbody>{rows.map((row, i) => <>
          {(i === 0 || dayOf(row.at) !== dayOf(rows[i - 1].at)) && <tr class="day-row"><th colSpan={6} scope="rowgroup">{dayOf(row.at)}</th></tr>}
          <tr class={chain?.broken === row.seq ? 'broken' : ''}><td class="tabular" title={`${printMoment(row.at)}, #${row.seq}`}>{printClock(row.at)}</td><td>{row.program && row.actor !== RULE ? say('Hệ thống', 'The system') : row.actor}</td><td>{actionName(row.action)}</td><td class="break"><ObjectOf row={row} /></td><td class="break">{phrasesOf(row.detail).map((p) => <Change of={p} />)}</td><td class="tabular">{originOf(row)}</td></tr></>)}</tbody></table>
        <Wait value={found} error={error} again={again} />
        {found?.length === 0 && <Empty>{say('Không có dòng nào theo bộ lọc này.', 'No row fits these filters.')}</Empty>}
        {found && !ended && <p class="row"><button type="button" class="button small" onClick={more}>{say('Dòng cũ hơn', 'Older rows')}</button></p>}
      </div>
      <p class="hint">{say('Chỉ đọc. Không ai sửa hay xóa được dòng nhật ký.', 'Read only. Nobody can change or remove a row.')}</p>
    </main>
  );
}
