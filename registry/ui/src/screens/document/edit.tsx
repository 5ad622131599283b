// Sửa thông tin: only what was changed is sent; what somebody else changed
// meanwhile stands beside it, and the person decides (ui.md 7.5).
import { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ask, call, Change, Duplicates, Entry, get, Refusal } from '../../api';
import { parseDay } from '../../days';
import { useKept } from '../../keep';
import { Lists, useLists, usePast } from '../../lists';
import { Button, Icon, toast } from '../../parts';
import { Choose } from '../../parts/choose';
import { DayField } from '../../parts/day-field';
import { Field, fieldAfter, onEnter, Select } from '../../parts/form';
import { printMoment, say } from '../../words';
import { EntryField, entryFields, printField, problemOf, readValue, sayValue } from './fields';

/** What a person typed, and what stood there before. */
interface Typed { was: string; now: string; id?: number }
type Draft = Record<string, Typed>;

const nameOf = (entry: number): string => `draft-edit-${entry}`;

function loadDraft(entry: number): Draft {
  try { return (JSON.parse(localStorage.getItem(nameOf(entry)) ?? 'null') as Draft | null) ?? {}; } catch { return {}; }
}

/** Somebody else gave it another value than the one that was typed over. */
function collides(field: EntryField, typed: Typed | undefined, entry: Entry, lists: Lists): boolean {
  const there = printField(field, entry, lists);
  return !!typed && typed.was !== typed.now && there !== typed.was && there !== typed.now;
}

function Clash({ field, typed, theirs, change, decide }: { field: EntryField; typed: Typed; theirs: string; change?: Change; decide: (mine: boolean) => void }): JSX.Element {
  const who = change?.actor ?? say('người khác', 'the other person');
  const print = (text: string): string => sayValue(field, text) || '—';
  return (
    <li><b>{field.label}</b>{change && <small> {who}, {printMoment(change.at)}</small>}
      <p><s>{print(typed.was)}</s> → <b>{print(theirs)}</b></p><p>{say('Bạn nhập', 'You typed')}: <b>{print(typed.now)}</b></p>
      <div class="row"><Button label={say(`Lấy bản của ${who}`, `Take that of ${who}`)} kind="small" press={() => decide(false)} /><Button label={say('Giữ bản của tôi', 'Keep mine')} kind="small" press={() => decide(true)} /></div></li>
  );
}

/** Another line of the books that is the same document, once it is told so. */
function useSame(entry: Entry, now: (name: string) => string, changed: boolean): string {
  const [same, set] = useState('');
  const [issuer, symbol, day] = ['issuer', 'symbol', 'document_day'].map(now);
  useEffect(() => {
    set('');
    if (!changed || !issuer || !symbol || !parseDay(day)) return undefined;
    let live = true;
    const timer = setTimeout(() => {
      ask<Duplicates>('duplicates', { issuer, symbol, document_day: parseDay(day), except: entry.id }).then(({ must_ask, duplicates: [one] }) => {
        if (live && must_ask && one) set(say(`Giống Số đến ${one.number}${one.suffix}: ${one.symbol}, ${one.subject}`, `Like no. ${one.number}${one.suffix}: ${one.symbol}, ${one.subject}`));
      }, () => undefined);
    }, 250);
    return () => { live = false; clearTimeout(timer); };
  }, [issuer, symbol, day, changed]);
  return same;
}

export function Edit({ entry, close, done }: { entry: Entry; close: () => void; done: (entry: Entry) => void }): JSX.Element {
  const [now, setNow] = useState(entry);
  const [draft, setDraft] = useState<Draft>(() => loadDraft(entry.id));
  const [changes, setChanges] = useState<Change[]>([]);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const lists = useLists(entry.direction);
  const fields = entryFields(entry.direction);
  const [more, setMore] = useState(() => fields.some((f) => f.more && draft[f.name]));
  const box = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  const past = usePast(Number(now.fields.agency_id) || 0);
  const textOf = (name: string): string => {
    const field = fields.find((f) => f.name === name);
    return draft[name]?.now ?? (field ? printField(field, now, lists) : '');
  };
  const edited = fields.filter((f) => draft[f.name] && draft[f.name].now !== printField(f, now, lists));
  const clashes = fields.filter((f) => collides(f, draft[f.name], now, lists));
  const same = useSame(now, textOf, ['issuer', 'symbol', 'document_day'].some((name) => edited.some((f) => f.name === name)));
  useLayoutEffect(() => { box.current?.showModal(); box.current?.querySelector<HTMLElement>('#f-issuer, #f-subject')?.focus(); }, []);
  useLayoutEffect(() => { if (changes.length) box.current?.querySelector<HTMLElement>(clashes.length ? '.clash button' : 'footer .primary')?.focus(); }, [changes, clashes.length]);
  useKept(() => { if (!gone.current && Object.keys(draft).length) localStorage.setItem(nameOf(entry.id), JSON.stringify(draft)); }, draft);

  const set = (field: EntryField, value: string, id?: number): void => {
    setDraft((old) => ({ ...old, [field.name]: { was: old[field.name]?.was ?? printField(field, now, lists), now: value, id } }));
    setWrong(({ [field.name]: _, ...rest }) => rest);
  };
  const walk = (name: string, back?: boolean): void => (fieldAfter(box.current, name, back) ?? (back ? undefined : box.current?.querySelector<HTMLElement>('footer .primary')))?.focus();
  const decide = (field: EntryField, mine: boolean): void => setDraft(({ [field.name]: typed, ...rest }) => (mine ? { ...rest, [field.name]: { ...typed, was: printField(field, now, lists) } } : rest));
  const leave = (): void => { gone.current = true; localStorage.removeItem(nameOf(entry.id)); close(); };
  const bodyOf = (): Record<string, unknown> => {
    const body: Record<string, unknown> = Object.fromEntries(edited.map((f) => [f.name, readValue(f, draft[f.name].now, lists)]));
    if ('issuer' in body) body.agency_id = draft.issuer.id || null;
    return body;
  };
  const send = (base: Entry, turns: number): Promise<void> => call<Entry>('PATCH', `entries/${entry.id}`, { version: base.version, ...bodyOf() }).then((next) => {
    leave();
    done(next);
    toast({ text: say(`Đã sửa ${edited.map((f) => f.label.toLowerCase()).join(', ')}`, `Changed: ${edited.map((f) => f.label.toLowerCase()).join(', ')}`) });
  }, async (e: Refusal) => {
    if (e.code !== 'entry.changed' || !turns) { setProblem(e.message); return undefined; }
    const fresh = await get<Entry>(`entries/${entry.id}`);
    setNow(fresh);
    setChanges((old) => [...(e.details?.changes ?? []), ...old]);
    // what does not collide needs nobody
    return fields.some((f) => collides(f, draft[f.name], fresh, lists)) ? undefined : send(fresh, turns - 1);
  });
  const save = (): void => {
    if (busy || !edited.length) return;
    if (clashes.length) { box.current?.querySelector<HTMLElement>('.clash button')?.focus(); return; }
    const found: Record<string, string> = Object.fromEntries(edited.map((f) => [f.name, problemOf(f, textOf(f.name), lists)]).filter(([, text]) => text));
    if (entry.direction === 'in' && textOf('symbol').trim() && !textOf('document_day').trim()) found.document_day = say('Cần có ngày văn bản.', 'The document date is needed.');
    setWrong(found);
    const first = fields.find((f) => found[f.name]);
    if (first) { if (first.more) setMore(true); document.getElementById(`f-${first.name}`)?.focus(); return; }
    setBusy(true);
    setProblem('');
    void send(now, 3).catch((e: Error) => setProblem(e.message)).finally(() => setBusy(false));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey && (/Enter$/.test(event.code) || event.code === 'KeyS')) { event.preventDefault(); save(); }
  };
  const input = (f: EntryField): JSX.Element => {
    const text = textOf(f.name);
    const common = { id: `f-${f.name}`, label: f.label, text, invalid: !!wrong[f.name] || undefined, describedBy: wrong[f.name] ? `w-${f.name}` : undefined, next: (back?: boolean) => walk(f.name, back) };
    const plain = { id: common.id, value: text, autocomplete: 'off', 'aria-invalid': common.invalid, 'aria-describedby': common.describedBy, onKeyDown: onEnter(common.next) };
    if (f.values) return <Select {...common} values={f.values} set={(value) => set(f, value)} />;
    if (f.kind === 'day') return <DayField {...common} nearest={f.nearest ?? 'past'} set={(value) => set(f, value)} />;
    if (f.kind === 'area') return <textarea rows={Math.min(6, Math.max(2, Math.ceil(text.length / 70)))} {...plain} onInput={(e) => set(f, e.currentTarget.value)} />;
    const choices = f.kind === 'issuer' ? lists.agencies : f.list ? lists[f.list] : f.name === 'signer_name' ? past.signers : null;
    if (choices) return <Choose {...common} choices={choices} set={(value, id) => set(f, value, id)} />;
    return <input inputMode={f.kind === 'count' ? 'numeric' : undefined} {...plain} onInput={(e) => set(f, e.currentTarget.value)} />;
  };
  const shown = (f: EntryField): JSX.Element => {
    const typed = edited.includes(f) ? draft[f.name] : undefined;
    return <Field key={f.name} name={f.name} label={f.label} wide={f.wide} required={f.name === 'subject' || f.name === 'issuer'} wrong={wrong[f.name]}>{input(f)}
      {typed && <small class="before">{say('Đang ghi', 'Now')}: <s>{sayValue(f, printField(f, now, lists)) || '—'}</s></small>}</Field>;
  };
  const title = say('Sửa thông tin', 'Edit the entry');
  return (
    <dialog class="side-sheet wide" ref={box} onClose={close} onKeyDown={press} aria-label={title}>
      <header><h2>{title}</h2><small>{entry.direction === 'in' ? say('Số đến', 'No.') : say('Số đi', 'Out no.')} {entry.number}{entry.suffix}</small>
        <button type="button" class="ib" aria-label={say('Đóng', 'Close')} onClick={() => box.current?.close()}><Icon name="x" /></button></header>
      <div class="scroll stack form">
        {clashes.length > 0 && <div class="notice warn clash" role="alert"><Icon name="users" /><div><b>{say('Văn bản vừa được người khác sửa. Chọn bản giữ lại:', 'Somebody else has just changed it. Choose what stays:')}</b>
          <ul>{clashes.map((f) => <Clash key={f.name} field={f} typed={draft[f.name]} theirs={printField(f, now, lists)} change={changes.find((c) => c.detail[f.name])} decide={(mine) => decide(f, mine)} />)}</ul>
          {clashes.length > 1 && <div class="row"><Button label={say('Lấy tất cả bản kia', 'Take all of theirs')} kind="small" press={() => clashes.forEach((f) => decide(f, false))} /><Button label={say('Giữ tất cả bản của tôi', 'Keep all of mine')} kind="small" press={() => clashes.forEach((f) => decide(f, true))} /></div>}</div></div>}
        {problem && <div class="notice bad" role="alert"><Icon name="circle-alert" /><div><b>{say('Chưa sửa được', 'Not changed')}</b><span>{problem}</span></div></div>}
        {same && <div class="notice warn" role="status"><Icon name="copy" /><span>{same}</span></div>}
        {entry.direction === 'out' && <p class="hint">{say('Số, ký hiệu, ngày, loại và đơn vị soạn đi cùng số đã cấp, không sửa; sai thì ghi hủy số.', 'Symbol, date, type and drafting unit belong to the number and stay; a wrong one is voided.')}</p>}
        <div class="grid">{fields.filter((f) => !f.more).map(shown)}</div>
        <details class="more" open={more} onToggle={(e) => setMore(e.currentTarget.open)}><summary>{say('Thêm: hình thức nhận, bản lưu, hồ sơ', 'More: channel, file copy, dossier')}</summary>
          {more && <div class="grid">{fields.filter((f) => f.more).map(shown)}</div>}</details>
      </div>
      <footer><button type="button" class="button primary grow" aria-keyshortcuts="Control+Enter" disabled={busy || !edited.length} onClick={save}><Icon name="check" />{edited.length ? say(`Lưu ${edited.length} ô đã sửa`, `Save ${edited.length} changed`) : say('Chưa sửa ô nào', 'Nothing changed')}<kbd>Ctrl ↵</kbd></button>
        <Button label={say('Bỏ sửa', 'Discard')} press={leave} /></footer>
    </dialog>
  );
}
