// Sổ đăng ký, Loại văn bản (ui.md 6.12): books, the series that their types
// count in, the organisation's own types. The service refuses what could give
// a number or a symbol twice; its sentence stands below what was asked.
import { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get, post, Refusal } from '../../api';
import { Numbering, NumberingBook, NumberingSeries, NumberingType } from '../../api.generated';
import { today } from '../../days';
import { dropList } from '../../lists';
import { Button, Icon, toast, useLoad } from '../../parts';
import { Token, Tokens } from '../../parts/choose';
import { printDay, say } from '../../words';
import { Wait } from '../../parts/wait';

const OPEN = '9999-12-31';

/** Sends, says what became of it, and shows the new state. */
function useSend(again: () => void): { problem: string; send: (path: string, body: object, text: string) => Promise<boolean> } {
  const [problem, set] = useState('');
  const send = (path: string, body: object, text: string): Promise<boolean> => post(path, body).then(() => { set(''); dropList('types'); dropList('books'); toast({ text }); again(); return true; }, (e: Refusal) => { set(e.message); return false; });
  return { problem, send };
}

function Refused({ problem }: { problem: string }): JSX.Element {
  return <div role="alert">{problem && <div class="notice bad"><Icon name="circle-alert" /><div><b>{say('Chưa đổi', 'Not changed')}</b><span>{problem}</span></div></div>}</div>;
}

const nameOf = (list: { id: number; name: string }[], id: number): string => list.find((one) => one.id === id)?.name ?? '';

/** Which types of a book count where, in the year that is shown. */
function Shares({ book, shown }: { book: NumberingBook; shown: Numbering }): JSX.Element {
  const own = shown.series.filter((s) => book.types.some((t) => t.series === s.id));
  return (
    <small class="block">{say('Chung', 'Shared')}: {nameOf(shown.series, book.series)}
      {own.map((s) => ` · ${s.name}: ${book.types.filter((t) => t.series === s.id).map((t) => nameOf(shown.types, t.type)).join(', ')}`)}</small>
  );
}

function Share({ shown, send }: { shown: Numbering; send: (path: string, body: object, text: string) => Promise<boolean> }): JSX.Element {
  const [book, setBook] = useState(shown.books.find((b) => b.direction === 'out')?.id ?? shown.books[0]?.id ?? 0);
  const [series, setSeries] = useState(0);
  const [types, setTypes] = useState<Token[]>([]);
  const choices = shown.types.filter((t) => t.valid_to >= today()).map((t) => ({ id: t.id, name: t.name, note: t.abbreviation }));
  const go = (): void => {
    if (series) void send(`books/${book}/series`, { year: shown.year, series, types: types.map((t) => t.id) }, say(`Từ năm ${shown.year} theo dãy ${nameOf(shown.series, series)}.`, `From ${shown.year} in ${nameOf(shown.series, series)}.`)).then((ok) => { if (ok) setTypes([]); });
  };
  const label = say('Loại văn bản', 'Document types');
  return (
    <div class="inset stack"><h3>{say(`Đổi dãy số năm ${shown.year}`, `Change series of ${shown.year}`)}</h3>
      <div class="field"><label for="share-types">{label}</label><Tokens id="share-types" label={label} tokens={types} choices={choices} set={setTypes} next={() => document.getElementById('share-series')?.focus()} placeholder={say('Để trống: mọi loại chưa có dãy riêng', 'Empty: all that have none of their own')} /></div>
      <div class="row"><select aria-label={say('Sổ', 'Book')} value={book} onChange={(e) => setBook(+e.currentTarget.value)}>{shown.books.map((b) => <option value={b.id}>{b.name}</option>)}</select>
        <select id="share-series" aria-label={say('Theo dãy số', 'In series')} value={series} onChange={(e) => setSeries(+e.currentTarget.value)}><option value={0}>{say('Theo dãy số…', 'In series…')}</option>{shown.series.map((s) => <option value={s.id}>{s.name}</option>)}</select>
        <Button label={types.length ? say(`Chuyển ${types.length} loại`, `Move ${types.length}`) : say('Chuyển mọi loại còn lại', 'Move all the others')} disabled={!series} press={go} /></div></div>
  );
}

function Series({ one, year, send }: { one: NumberingSeries; year: number; send: (path: string, body: object, text: string) => Promise<boolean> }): JSX.Element {
  const [first, setFirst] = useState('');
  return (
    <li><span><b>{one.name}</b> <small>{one.code}</small></span><small class="tabular">{one.closed ? say('đã đóng', 'closed') : say(`số tiếp theo ${one.next}`, `next number ${one.next}`)}</small>
      {!one.closed && one.next === 1 && <><input class="code" inputMode="numeric" value={first} aria-label={say(`Số bắt đầu của ${one.name}`, `First number of ${one.name}`)} placeholder="1" onInput={(e) => setFirst(e.currentTarget.value)} />
        <Button label={say('Đặt số bắt đầu', 'Set first number')} kind="small" disabled={!(Number(first) > 1)} press={() => void send(`series/${one.id}/begin`, { year, first: Number(first) }, say(`Năm ${year} bắt đầu từ số ${first}.`, `${year} begins with ${first}.`))} /></>}</li>
  );
}

function Book({ book, shown, send }: { book: NumberingBook; shown: Numbering; send: (path: string, body: object, text: string) => Promise<boolean> }): JSX.Element {
  const [name, setName] = useState<string>();
  const before = shown.this_year - 1;
  const rename = (): void => { if (name) void send(`books/${book.id}/rename`, { name }, say('Đã đổi tên sổ.', 'The book is renamed.')).then((ok) => { if (ok) setName(undefined); }); };
  return (
    <li>{name === undefined ? <span><button type="button" class="link" onClick={() => setName(book.name)}><b>{book.name}</b></button><Shares book={book} shown={shown} /></span>
      : <span class="row"><input class="grow" aria-label={say('Tên sổ', 'Name of the book')} value={name} onInput={(e) => setName(e.currentTarget.value)} onKeyDown={(e) => { if (/Enter$/.test(e.code) && !e.isComposing) rename(); }} /><Button label={say('Đổi tên', 'Rename')} kind="small" press={rename} /><Button label={say('Thôi', 'Cancel')} kind="small" press={() => setName(undefined)} /></span>}
      <a class="button small" href={`/so/${book.direction === 'in' ? 'den' : 'di'}/${shown.this_year}/in`}>{say('In sổ', 'Print')}</a>
      <Button label={say(`Đóng sổ ${before}`, `Close ${before}`)} kind="small" press={() => void send(`books/${book.id}/close`, { year: before }, say(`Đã đóng sổ năm ${before}.`, `Book ${before} is closed.`))} /></li>
  );
}

export function Books(): JSX.Element {
  const [year, setYear] = useState(+today().slice(0, 4));
  const { value, error, again } = useLoad(() => get<Numbering>(`numbering?year=${year}`), [year]);
  const { problem, send } = useSend(again);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  if (error || !value) return <Wait value={value} error={error} again={again} />;
  const add = (): void => void send('series', { code, name }, say('Đã thêm dãy số.', 'The series is added.')).then((ok) => { if (ok) { setCode(''); setName(''); } });
  const years = [value.this_year, value.this_year + 1];
  return (
    <section class="box-card narrow-page"><header><h2>{say('Sổ đăng ký, dãy số', 'Books and series')}</h2>
      <div class="segments" role="group" aria-label={say('Năm', 'Year')}>{years.map((y) => <button type="button" aria-pressed={y === year} onClick={() => setYear(y)}>{y}</button>)}</div></header>
      <ul class="lines">{value.books.map((b) => <Book key={b.id} book={b} shown={value} send={send} />)}</ul>
      <div class="inset"><h3>{say(`Dãy số năm ${value.year}`, `Series of ${value.year}`)}</h3></div>
      <ul class="lines">{value.series.map((s) => <Series key={s.id} one={s} year={value.year} send={send} />)}</ul>
      <div class="inset row"><input class="code" aria-label={say('Mã dãy số', 'Code of the series')} placeholder={say('Mã', 'Code')} value={code} onInput={(e) => setCode(e.currentTarget.value)} /><input class="grow" aria-label={say('Tên dãy số', 'Name of the series')} placeholder={say('Tên dãy số mới', 'Name of a new series')} value={name} onInput={(e) => setName(e.currentTarget.value)} />
        <Button label={say('Thêm dãy số', 'Add series')} icon="plus" press={add} /></div>
      <Share shown={value} send={send} />
      <div class="inset"><Refused problem={problem} /><p class="hint">{say('Chỉ đổi khi năm đó chưa có số của loại ấy; năm đã có số thì chọn năm sau.', 'Only before the first number of a year; else choose the next one.')}</p></div></section>
  );
}

function Type({ one, open, toggle, send }: { one: NumberingType; open: boolean; toggle: () => void; send: (path: string, body: object, text: string) => Promise<boolean> }): JSX.Element {
  const [name, setName] = useState(one.name);
  const [short, setShort] = useState(one.abbreviation);
  const changed = name.trim() !== one.name || short.trim() !== one.abbreviation;
  return (
    <li class={open ? 'stack' : ''}><span>{one.own ? <button type="button" class="link" aria-expanded={open} onClick={toggle}><b>{one.name}</b></button> : <b>{one.name}</b>} {one.valid_to !== OPEN && <small>{say('đến', 'until')} {printDay(one.valid_to)}</small>}</span>
      {one.own && <span class="chip">{say('riêng', 'own')}</span>}<span class="chip plain">{one.abbreviation || '–'}</span>
      {open && <div class="row"><input class="grow" aria-label={say('Tên mới', 'New name')} value={name} onInput={(e) => setName(e.currentTarget.value)} /><input class="code" aria-label={say('Chữ viết tắt mới', 'New abbreviation')} value={short} onInput={(e) => setShort(e.currentTarget.value)} />
        <Button label={say('Đổi từ hôm nay', 'Change from today')} kind="small" disabled={!changed} press={() => void send(`types/${one.id}/rename`, { name, abbreviation: short }, say('Đã đổi; văn bản cũ giữ tên cũ.', 'Changed; old documents keep the old name.')).then((ok) => { if (ok) toggle(); })} />
        <Button label={say('Ngừng dùng sau hôm nay', 'Close after today')} kind="small danger" press={() => void send(`types/${one.id}/close`, {}, say('Ngừng dùng từ ngày mai.', 'Closed from tomorrow.')).then((ok) => { if (ok) toggle(); })} /></div>}</li>
  );
}

export function Types(): JSX.Element {
  const { value, error, again } = useLoad(() => get<Numbering>('numbering'), []);
  const { problem, send } = useSend(again);
  const [at, setAt] = useState(0);
  const [name, setName] = useState('');
  const [short, setShort] = useState('');
  const [direction, setDirection] = useState('both');
  if (error || !value) return <Wait value={value} error={error} again={again} />;
  const now = today();
  const add = (): void => void send('types', { name, abbreviation: short, direction }, say(`Đã thêm loại ${name}.`, `Type ${name} is added.`)).then((ok) => { if (ok) { setName(''); setShort(''); } });
  return (
    <section class="box-card narrow-page"><header><h2>{say('Loại văn bản', 'Document types')}</h2><small>{say('Loại theo Nghị định 30/2020/NĐ-CP, Điều 7 giữ nguyên', 'Those of Decree 30/2020/NĐ-CP, article 7 stay')}</small></header>
      <div class="inset stack"><Refused problem={problem} />
        <div class="row"><input class="grow" aria-label={say('Tên loại văn bản', 'Name of the type')} placeholder={say('Tên loại riêng mới', 'Name of a new type')} value={name} onInput={(e) => setName(e.currentTarget.value)} />
          <input class="code" aria-label={say('Chữ viết tắt', 'Abbreviation')} placeholder={say('Viết tắt', 'Short')} value={short} onInput={(e) => setShort(e.currentTarget.value)} />
          <select aria-label={say('Dùng cho', 'Used for')} value={direction} onChange={(e) => setDirection(e.currentTarget.value)}><option value="both">{say('đến và đi', 'in and out')}</option><option value="out">{say('văn bản đi', 'outgoing')}</option><option value="in">{say('văn bản đến', 'incoming')}</option></select>
          <Button label={say('Thêm loại', 'Add')} icon="plus" press={add} /></div></div>
      <ul class="lines">{value?.types.filter((t) => t.valid_to >= now).map((t) => <Type key={t.id} one={t} open={t.id === at} toggle={() => setAt(t.id === at ? 0 : t.id)} send={send} />)}</ul>
      {value?.types.some((t) => t.valid_to < now) && <details class="inset more"><summary>{say('Đã ngừng dùng', 'Closed')}</summary><ul class="lines">{value.types.filter((t) => t.valid_to < now).map((t) => <li><span>{t.name}</span><small>{printDay(t.valid_from)} – {printDay(t.valid_to)}</small><span class="chip plain">{t.abbreviation || '–'}</span></li>)}</ul></details>}</section>
  );
}
