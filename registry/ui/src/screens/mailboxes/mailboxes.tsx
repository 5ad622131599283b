// Hộp thư (ui.md 6.11): 300 mailboxes at once, and the sick ones mended.
import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, Mailbox, post } from '../../api';
import { useBar } from '../../bar';
import { useKeys } from '../../keys';
import { useList } from '../../lists';
import { useNews } from '../../live';
import { Button, Empty, Icon, toast, useLoad } from '../../parts';
import { fold } from '../../parts/choose';
import { go, usePlace } from '../../route';
import { say } from '../../words';
import { Wait } from '../../parts/wait';
import { Form, Whole } from './form';
import { useImport } from './import';
import { Panel } from './panel';
import { cellOf } from './sign';
import { causeOf, failingServers, kindOf, Kind, lagOf, printAt, printLag, signs, wordOf } from './state';
import { Table } from './table';

const EVERY = 5000;

function unitsOf(items: Mailbox[]): [string, Mailbox[]][] {
  const names = [...new Set(items.map((m) => m.unit ?? ''))].sort((a, b) => a.localeCompare(b, 'vi'));
  return names.map((name) => [name, items.filter((m) => (m.unit ?? '') === name)]);
}

/** The cell above or below: the nearest in the next row that is drawn. */
function beside(from: HTMLElement, down: boolean): HTMLElement | undefined {
  const here = from.getBoundingClientRect();
  const cells = [...document.querySelectorAll<HTMLElement>('.units .cell[id]')].map((cell) => ({ cell, box: cell.getBoundingClientRect() }))
    .filter(({ box }) => (down ? box.top > here.top + 4 : box.top < here.top - 4));
  const top = cells.at(down ? 0 : -1)?.box.top ?? 0;
  const away = ({ box }: { box: DOMRect }): number => Math.abs(box.left - here.left);
  return cells.filter(({ box }) => Math.abs(box.top - top) < 4).sort((x, y) => away(x) - away(y))[0]?.cell;
}

function Summary({ items }: { items: Mailbox[] }): JSX.Element {
  const of = (kind: Kind): number => items.filter((m) => kindOf(m) === kind).length;
  const sum = (what: 'today_letters' | 'today_files'): number => items.reduce((n, m) => n + m[what], 0);
  return (
    <p class="sums" role="status">
      <span class={of('bad') ? 'hurt' : ''}><b>{of('bad')}</b> {say('lỗi', 'errors')}</span><span class={of('slow') ? 'lags' : ''}><b>{of('slow')}</b> {say('chậm', 'slow')}</span>
      <span><b>{of('paused')}</b> {say('tạm dừng', 'paused')}</span><span><b>{of('good')}</b> {say('bình thường', 'good')}</span>
      {of('new') > 0 && <span><b>{of('new')}</b> {say('chưa đọc', 'not read yet')}</span>}
      <span class="grow" /><span><b>{sum('today_letters')}</b> {say('thư hôm nay', 'letters today')}</span><span><b>{sum('today_files')}</b> {say('tệp', 'files')}</span>
    </p>
  );
}

/** One alarm for a server instead of one for each of its mailboxes. */
function Servers({ items, manages, again }: { items: Mailbox[]; manages: boolean; again: () => void }): JSX.Element {
  const retry = (bad: Mailbox[]): void => void Promise.all(bad.map((m) => post(`mailboxes/${m.id}/retry`, {}))).then(again, (e: Error) => toast({ text: e.message }));
  return (
    <>{failingServers(items).map(({ host, bad, all }) => (
      <div class="notice bad row" role="alert"><Icon name="warn" /><p class="grow"><b>{say(`Máy chủ ${host}: ${bad.length} trong ${all} hộp thư lỗi.`, `Server ${host}: ${bad.length} of ${all} mailboxes fail.`)}</b> {[...new Set(bad.map(causeOf))].slice(0, 2).join(' · ')}</p>
        {manages && <Button icon="refresh-cw" label={say('Thử lại tất cả', 'Try all again')} press={() => retry(bad)} />}</div>
    ))}</>
  );
}

function Grid({ items, at, chosen, search }: { items: Mailbox[]; at: number; chosen: number; search: string }): JSX.Element {
  return (
    <div class="card units"><div role="grid" aria-label={say('Hộp thư theo đơn vị', 'Mailboxes by unit')}>{unitsOf(items).map(([unit, own]) => (
      <div class="unit" role="row"><div role="rowheader">{unit || say('Chung', 'Common')}<small>{own.length}</small></div><div class="cells" role="presentation">{own.map((m) => {
        const kind = kindOf(m);
        const name = `${m.address}, ${wordOf(kind)}, ${say('đọc', 'read')} ${printAt(m.ok_at)}`;
        return <button type="button" role="gridcell" id={`box-${m.id}`} class={`cell ${cellOf(m)}`} tabIndex={m.id === items[at]?.id ? 0 : -1} aria-selected={m.id === chosen} aria-label={name} title={kind === 'bad' ? `${name}: ${causeOf(m)}` : name} onClick={() => go(`/hop-thu/${m.id}${search}`, true)}>{signs[kind] && <Icon name={signs[kind]} />}</button>;
      })}</div></div>
    ))}</div>
      <p class="row signs"><span class="cell good" />{say('0 thư', 'none')}<span class="cell good some" />1–9<span class="cell good many" />{say('từ 10 thư hôm nay', '10 and more today')}
        {(['slow', 'bad', 'paused'] as Kind[]).map((kind) => <><span class={`cell ${kind}`}><Icon name={signs[kind]} /></span>{wordOf(kind)}</>)}<span class="grow" /><kbd>!</kbd>{say('lỗi kế tiếp', 'next error')}</p>
    </div>
  );
}

/** The other sick ones, one key away. */
function ToDo({ items, chosen, search }: { items: Mailbox[]; chosen: number; search: string }): JSX.Element | null {
  const sick = items.filter((m) => m.id !== chosen && (kindOf(m) === 'bad' || kindOf(m) === 'slow')).sort((a, b) => (kindOf(a) < kindOf(b) ? -1 : 1));
  if (!sick.length) return null;
  return (
    <section class="sick"><h3>{say('Cần xử lý', 'To mend')} <small>{sick.length}</small></h3>
      <ul>{sick.slice(0, 8).map((m) => <li><a href={`/hop-thu/${m.id}${search}`}><span>{m.address}</span><small class={kindOf(m) === 'bad' ? 'hurt' : 'lags'}>{kindOf(m) === 'bad' ? causeOf(m) : say(`chậm ${printLag(lagOf(m))}`, `${printLag(lagOf(m))} late`)}</small></a></li>)}</ul></section>
  );
}

export function Mailboxes({ chosen, manages }: { chosen: number; manages: boolean }): JSX.Element {
  const { value, error, again } = useLoad(() => get<{ items: Mailbox[] }>('mailboxes'), []);
  const { query } = usePlace();
  const [words, setWords] = useState('');
  const find = useRef<HTMLInputElement>(null);
  useEffect(() => { const timer = setInterval(() => { if (!document.hidden) again(); }, EVERY); return () => clearInterval(timer); }, []);
  useNews(['mailbox'], again, 1000);
  const asTable = query.get('xem') === 'danh-sach';
  const search = asTable ? '?xem=danh-sach' : '';
  const units = useList('units');
  const named = (m: Mailbox): Mailbox => ({ ...m, unit: units.find((u) => u.code === m.unit)?.name ?? m.unit });
  const all = (value?.items ?? []).map(named);
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const items = unitsOf((value?.items ?? []).filter((m) => wanted.every((w) => fold(`${m.address} ${m.unit ?? ''} ${named(m).unit ?? ''} ${m.host}`).includes(w))).map(named)).flatMap(([, own]) => own);
  const at = Math.max(0, items.findIndex((m) => m.id === chosen));
  const show = (to?: Mailbox): void => {
    if (!to) return;
    go(`/hop-thu/${to.id}${search}`, true);
    requestAnimationFrame(() => document.getElementById(`box-${to.id}`)?.focus());
  };
  const move = (step: number): void => show(items[Math.min(items.length - 1, Math.max(0, at + step))]);
  const leap = (down: boolean): void => {
    const from = document.getElementById(`box-${items[at]?.id}`);
    const to = from && beside(from, down);
    if (to) show(items.find((m) => `box-${m.id}` === to.id)); else move(down ? 1 : -1);
  };
  useKeys({
    ArrowRight: () => move(1), ArrowLeft: () => move(-1), ArrowDown: () => leap(true), ArrowUp: () => leap(false), J: () => move(1), K: () => move(-1),
    'Shift+1': () => { const bad = items.filter((m) => kindOf(m) === 'bad'); show(bad.find((m) => items.indexOf(m) > at) ?? bad[0]); },
    'Slash': () => find.current?.focus(),
  });
  const [form, setForm] = useState<{ old?: Whole }>();
  const { button, preview } = useImport(again);
  /* The gateway begins by itself within half a minute; the same look at once. */
  const saved = (id: number): void => {
    again();
    go(`/hop-thu/${id}${search}`, true);
    const check = (): void => void post(`mailboxes/${id}/retry`, {}).then(() => { again(); toast({ text: say('Đang kiểm tra; kết quả hiện ở trạng thái hộp thư.', 'Checking; the state of the mailbox will tell.') }); }, (e: Error) => toast({ text: e.message }));
    toast({ text: say('Đã lưu hộp thư. Cổng thư đọc lại trong nửa phút.', 'Saved. The gateway reads it within half a minute.'), seconds: 20, more: { label: say('Kiểm tra', 'Check'), keys: 'r', press: check } });
  };
  const view = (table: boolean): void => go(`/hop-thu${chosen ? `/${chosen}` : ''}${table ? '?xem=danh-sach' : ''}`, true);
  useBar({
    title: say('Hộp thư', 'Mailboxes'), count: all.length || undefined, search: false,
    aside: <><div class="segments" role="group" aria-label={say('Cách xem', 'View')}><button type="button" aria-pressed={!asTable} onClick={() => view(false)}>{say('Lưới', 'Grid')}</button><button type="button" aria-pressed={asTable} onClick={() => view(true)}>{say('Danh sách', 'List')}</button></div><span class="grow" />
      <div class="find" role="search"><Icon name="search" /><input ref={find} type="search" aria-label={say('Tìm hộp thư', 'Find a mailbox')} placeholder={say('Tìm hộp thư, đơn vị…', 'Mailbox, unit…')} onInput={(e) => setWords(e.currentTarget.value)} /><kbd>/</kbd></div>
      {manages && <Button icon="plus" label={say('Thêm hộp thư', 'Add a mailbox')} press={() => setForm({})} />}</>,
  });
  const listed = all.find((m) => m.id === chosen);
  const others = listed ? all.filter((m) => m.id !== chosen && m.host === listed.host && kindOf(m) === 'bad').length : 0;
  return (
    <main class="content mailboxes" id="content">
      <section class="scroll" tabIndex={-1}>
        {value && <Summary items={all} />}
        {manages && <div class="row adding">{button}</div>}
        {preview}
        <Servers items={all} manages={manages} again={again} />
        <Wait value={value} error={error} again={again} />
        {items.length > 0 && (asTable ? <Table items={items} chosen={chosen} /> : <Grid items={items} at={at} chosen={chosen} search={search} />)}
        {all.length > 0 && !items.length && <Empty>{say('Không có hộp thư nào khớp.', 'No mailbox fits.')}</Empty>}
        {value && !all.length && <Empty>{manages ? say('Chưa có hộp thư nào. Thêm từng hộp thư hoặc nhập từ CSV.', 'No mailboxes yet. Add them one by one or import a table.') : say('Chưa có hộp thư nào. Quản trị thêm hộp thư tại đây.', 'No mailboxes yet. An administrator adds them here.')}</Empty>}
      </section>
      <aside class="panel scroll" aria-label={say('Hộp thư đang chọn', 'Chosen mailbox')}>
        {chosen ? <Panel id={chosen} listed={listed} manages={manages} others={others} changed={again} edit={(old) => setForm({ old })}><ToDo items={all} chosen={chosen} search={search} /></Panel>
          : <><Empty>{say('Chọn một hộp thư.', 'Choose a mailbox.')}</Empty><ToDo items={all} chosen={0} search={search} /></>}
      </aside>
      {form && <Form old={form.old} all={all} close={() => setForm(undefined)} done={saved} />}
    </main>
  );
}
