// Tổng quan (ui.md 6.10): five figures, the units, the weeks, what is late.
import { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get } from '../api';
import { BucketRow } from '../api.generated';
import { useBar } from '../bar';
import { parseDay, today } from '../days';
import { Dashboard, Figure } from '../flow';
import { Empty, Icon, useLoad } from '../parts';
import { DayField } from '../parts/day-field';
import { Download } from '../parts/download';
import { go } from '../route';
import { printDay, printMoment, say } from '../words';
import { Wait } from '../parts/wait';

interface Period { key: string; label: string; from: string; to: string }

function lastDay(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function periods(): Period[] {
  const year = +today().slice(0, 4);
  const month = +today().slice(5, 7);
  const quarter = Math.ceil(month / 3);
  const half = month <= 6 ? 1 : 2;
  const of = (from: number, to: number): { from: string; to: string } => ({ from: `${year}-${String(from).padStart(2, '0')}-01`, to: lastDay(year, to) });
  return [
    { key: 'thang', label: say(`Tháng ${month}`, `Month ${month}`), ...of(month, month) },
    { key: 'quy', label: say(`Quý ${['I', 'II', 'III', 'IV'][quarter - 1]}`, `Quarter ${quarter}`), ...of(quarter * 3 - 2, quarter * 3) },
    { key: 'nua', label: say(half === 1 ? `6 tháng đầu năm ${year}` : `6 tháng cuối năm ${year}`, `Half ${half}, ${year}`), ...of(half * 6 - 5, half * 6) },
    { key: 'nam', label: say('Năm', 'Year'), ...of(1, 12) },
  ];
}

const figure = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

function Against({ of, unit }: { of: Figure; unit: string }): JSX.Element {
  if (of.value === null || !of.last) return <small>{say('chưa có số cùng kỳ', 'nothing to compare with')}</small>;
  const change = unit === '%' ? of.value - of.last : (of.value / of.last - 1) * 100;
  const words = `${change > 0 ? '+' : ''}${figure.format(change)}${unit === '%' ? say(' điểm', ' points') : '%'}`;
  return <small><b class={change >= 0 ? 'good' : 'less'}>{words}</b> {say('so với cùng kỳ', 'on last year')}</small>;
}

function Card({ label, of, unit = '', link, note, means }: { label: string; of: Figure; unit?: string; link?: string; note?: string; means: string }): JSX.Element {
  const value = of.value === null ? '–' : `${figure.format(of.value)}${unit === '%' ? '%' : ''}`;
  return (
    <div class="figure"><span title={means}>{label}</span><strong>{link ? <a href={link}>{value}</a> : value} {unit !== '%' && unit && <small>{unit}</small>}</strong>
      {note ? <small>{note}</small> : <Against of={of} unit={unit} />}</div>
  );
}

function Bar({ unit, most }: { unit: Dashboard['units'][number]; most: number }): JSX.Element {
  const part = (n: number): string => `${(n / Math.max(1, most)) * 100}%`;
  return <span class="bars" aria-hidden="true"><i class="done" style={{ width: part(unit.done) }} /><i class="doing" style={{ width: part(unit.working) }} /><i class="overdue" style={{ width: part(unit.overdue) }} /></span>;
}

function Buckets({ unit, from, to }: { unit: number; from: string; to: string }): JSX.Element {
  const { value, error } = useLoad(() => get<{ rows: BucketRow[] }>(`dashboard/buckets?from=${from}&to=${to}&by=person&unit=${unit}`), [unit, from, to]);
  if (error || !value) return <Wait value={value} error={error} />;
  const heads = [say('Trong hạn: đã', 'In time: done'), say('đang', 'working'), say('chưa', 'not begun'), say('Quá hạn: đã trễ', 'Late: done'), say('đang', 'working'), say('chưa', 'not begun'), say('Hôm nay: đang', 'Today: working'), say('chưa', 'not begun')];
  const cells = (r: BucketRow): number[] => [r.in_time_done, r.in_time_working, r.in_time_new, r.late_done, r.overdue_working, r.overdue_new, r.today_working, r.today_new];
  return (
    <div class="wide-table" tabIndex={0}><table class="buckets"><thead><tr><th>{say('Người', 'Person')}</th>{heads.map((h) => <th>{h}</th>)}</tr></thead>
      <tbody>{value?.rows.map((r) => <tr><td>{r.name}</td>{cells(r).map((n) => <td>{n || ''}</td>)}</tr>)}</tbody></table></div>
  );
}

function Units({ of, from, to }: { of: Dashboard; from: string; to: string }): JSX.Element {
  const [open, set] = useState(0);
  const most = Math.max(...of.units.map((u) => u.assigned), 1);
  const shares = of.units.filter((u) => u.counted > 0).map((u) => u.share ?? 100).sort((a, b) => a - b);
  const low = shares.length > 4 ? shares[1] : -1;
  const sum = (f: (u: Dashboard['units'][number]) => number): number => of.units.reduce((n, u) => n + f(u), 0);
  return (
    <section class="box-card"><header><h2>{say('Theo đơn vị chủ trì', 'By leading unit')}</h2>
      <span class="legend"><i class="done" />{say('Xong', 'Done')}<i class="doing" />{say('Đang xử lý', 'In progress')}<i class="overdue" />{say('Quá hạn', 'Overdue')}</span></header>
      <table class="units-table"><thead><tr><th>{say('Đơn vị', 'Unit')}</th><th>{say('Được giao', 'Assigned')}</th><th class="graph"><span class="sr">{say('Tỷ lệ', 'Shares')}</span></th><th>{say('Đang xử lý', 'In progress')}</th><th>{say('Quá hạn', 'Overdue')}</th><th>{say('Đúng hạn', 'On time')}</th></tr></thead>
        <tbody>{of.units.map((u) => <><tr onClick={() => set(open === u.unit ? 0 : u.unit)}>
          <td><button type="button" class="link" aria-expanded={open === u.unit}>{u.name}</button></td><td>{u.assigned}</td><td class="graph"><Bar unit={u} most={most} /></td><td>{u.working}</td>
          <td>{u.overdue ? <a class="number" href={`/den?quahan=1&donvi=${u.unit}`}>{u.overdue}</a> : 0}</td>
          <td title={`${u.on_time}/${u.counted}`}>{u.share === null ? '–' : (u.share <= low ? <b>{figure.format(u.share)}%</b> : `${figure.format(u.share)}%`)}</td></tr>
          {open === u.unit && <tr class="detail"><td colSpan={6}><Buckets unit={u.unit} from={from} to={to} /></td></tr>}</>)}</tbody>
        <tfoot><tr><th>{say('Toàn cơ quan', 'All')}</th><th>{sum((u) => u.assigned)}</th><td class="graph" /><th>{sum((u) => u.working)}</th><th>{sum((u) => u.overdue)}</th><th>{of.on_time.value === null ? '–' : `${figure.format(of.on_time.value)}%`}</th></tr></tfoot></table></section>
  );
}

function Weeks({ weeks }: { weeks: Dashboard['weeks'] }): JSX.Element {
  const [table, set] = useState(false);
  const most = Math.max(...weeks.map((w) => Math.max(w.incoming, w.outgoing)), 1);
  const height = 130;
  const wide = Math.min(28, 360 / Math.max(weeks.length, 1));
  const bar = (n: number): number => (n / most) * (height - 10);
  return (
    <section class="box-card"><header><h2>{say('Theo tuần', 'By week')}</h2><span class="legend"><i class="done" />{say('Đến', 'In')}<i class="sent" />{say('Đi', 'Out')}</span></header>
      {table ? <table><thead><tr><th>{say('Tuần từ', 'Week of')}</th><th>{say('Đến', 'In')}</th><th>{say('Đi', 'Out')}</th></tr></thead><tbody>{weeks.map((w) => <tr><td>{printDay(w.first_day)}</td><td>{w.incoming}</td><td>{w.outgoing}</td></tr>)}</tbody></table>
        : <svg class="weeks" viewBox={`0 0 360 ${height + 16}`} role="img" aria-label={say('Số văn bản đến, đi theo tuần', 'Documents per week')}>
          <text x="0" y="9">{most}</text><line x1="0" x2="360" y1={height} y2={height} />
          {weeks.map((w, i) => <g><title>{`${printDay(w.first_day)}: ${w.incoming} / ${w.outgoing}`}</title>
            <rect class="done" x={i * wide + 1} width={wide * 0.42} y={height - bar(w.incoming)} height={bar(w.incoming)} /><rect class="sent" x={i * wide + 1 + wide * 0.42} width={wide * 0.38} y={height - bar(w.outgoing)} height={bar(w.outgoing)} />
            {w.first_day && +w.first_day.slice(8) <= 7 && <text x={i * wide} y={height + 12}>T{+w.first_day.slice(5, 7)}</text>}</g>)}</svg>}
      <button type="button" class="link" onClick={() => set(!table)}>{table ? say('Xem biểu đồ', 'Show the chart') : say('Xem dạng bảng', 'Show as a table')}</button></section>
  );
}

function Late({ of }: { of: Dashboard }): JSX.Element {
  return (
    <section class="box-card"><header><h2>{say('Quá hạn lâu nhất', 'Longest overdue')}</h2><a class="link" href="/den?quahan=1">{say(`Xem cả ${of.overdue.value ?? 0}`, `All ${of.overdue.value ?? 0}`)}</a></header>
      <ul class="lines">{of.longest_overdue.map((o) => <li><a href={`/vb/${o.entry}`}><b>{o.number}</b> {o.subject}<small class="block">{o.name}</small></a><span class="late past"><Icon name="circle-alert" />{say(`${o.working_days} ngày`, `${o.working_days} days`)}</span></li>)}</ul>
      {!of.longest_overdue.length && <Empty>{say('Không có văn bản quá hạn.', 'Nothing is overdue.')}</Empty>}</section>
  );
}

/** Any days from and to; they count once both are days in order. */
function Free({ from, to }: { from: string; to: string }): JSX.Element {
  const [first, setFirst] = useState(printDay(from));
  const [last, setLast] = useState(printDay(to));
  const set = (one: string, other: string): void => {
    setFirst(one);
    setLast(other);
    const [tu, den] = [parseDay(one), parseDay(other)];
    if (tu && den && tu <= den && (tu !== from || den !== to)) go(`/tong-quan?tu=${tu}&den=${den}`, true);
  };
  const wrong = parseDay(first) > parseDay(last) && !!parseDay(last);
  return (
    <form class="row free" onSubmit={(e) => e.preventDefault()}>
      <div class="day-line"><label for="period-from">{say('Từ', 'From')}</label><DayField id="period-from" text={first} nearest="past" set={(t) => set(t, last)} next={() => document.getElementById('period-to')?.focus()} /></div>
      <div class="day-line"><label for="period-to">{say('đến', 'to')}</label><DayField id="period-to" text={last} nearest="past" set={(t) => set(first, t)} next={() => undefined} /></div>
      {wrong && <span class="error" role="alert">{say('Ngày đầu sau ngày cuối.', 'The first day is after the last.')}</span>}</form>
  );
}

export function DashboardPage({ query }: { query: URLSearchParams }): JSX.Element {
  const all = periods();
  const period = all.find((p) => p.key === query.get('ky')) ?? all[2];
  const from = query.get('tu') || period.from;
  const to = query.get('den') || period.to;
  const { value, error, again } = useLoad(() => get<Dashboard>(`dashboard?from=${from}&to=${to}`), [from, to]);
  useBar({ title: say('Tổng quan', 'Overview'), search: false, aside: <>
    <div class="segments" role="group" aria-label={say('Kỳ', 'Period')}>{all.map((p) => <button type="button" aria-pressed={!query.get('tu') && p === period} onClick={() => go(`/tong-quan?ky=${p.key}`)}>{p.label}</button>)}
      <button type="button" class="free-toggle" aria-pressed={!!query.get('tu')} aria-label={say('Khoảng ngày khác', 'Other days')} onClick={() => go(query.get('tu') ? '/tong-quan' : `/tong-quan?tu=${from}&den=${to}`)}><Icon name="cal" /></button></div>
    <span class="grow" />{value && <small class="fresh">{say('Số liệu đến', 'Figures of')} {printMoment(value.as_of)}</small>}<button type="button" class="button" onClick={() => print()}>{say('In', 'Print')}</button>
    <Download label={say('Báo cáo', 'Report')} title={`${printDay(from)} – ${printDay(to)}`} formats={['docx', 'pdf', 'xlsx']} url={`/api/v1/dashboard/report?from=${from}&to=${to}`} keys="Shift+E" /></> });
  if (!value) return <main class="content" id="content"><Wait value={value} error={error} again={again} /></main>;
  return (
    <main class="content dashboard" id="content">
      {query.get('tu') && <Free key="free" from={from} to={to} />}
      <div class="figures">
        <Card label={say('Văn bản đến', 'Incoming')} of={value.incoming} link="/den" means={say('Số văn bản đến đăng ký trong kỳ', 'Registered in the period')} />
        <Card label={say('Văn bản đi', 'Outgoing')} of={value.outgoing} link="/di" means={say('Số văn bản đi cấp số trong kỳ', 'Issued in the period')} />
        <Card label={say('Giải quyết đúng hạn', 'On time')} of={value.on_time} unit="%" note={`${figure.format(value.on_time.count)}/${figure.format(value.on_time.of)}`}
          means={say('Hoàn thành trong hạn ÷ (hoàn thành + quá hạn đang mở), chỉ văn bản có hạn, theo đơn vị chủ trì', 'Completed in time ÷ (completed + overdue and open), with a deadline only, by the leading unit')} />
        <Card label={say('Quá hạn, đang xử lý', 'Overdue, open')} of={value.overdue} link="/den?quahan=1" means={say('Chưa xong và đã qua hạn', 'Not done, past the deadline')} />
        <Card label={say('Từ lúc nhận đến đăng ký', 'From receipt to number')} of={value.minutes_to_register} unit={say('phút', 'minutes')} means={say('Trung vị, giờ làm việc', 'Median')} />
      </div>
      <div class="dash-columns"><Units of={value} from={from} to={to} /><div class="stack"><Weeks weeks={value.weeks} /><Late of={value} /></div></div>
    </main>
  );
}
