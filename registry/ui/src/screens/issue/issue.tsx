// Cấp số văn bản đi: the symbol is built, the number comes with the button (ui.md 6.6).
import { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Entry, get, Hit, me, NextNumber, post, Refusal, Reservation } from '../../api';
import { useBar } from '../../bar';
import { useKept } from '../../keep';
import { useKeys } from '../../keys';
import { urgencyChoices } from '../../letter';
import { Lists, useLists } from '../../lists';
import { useNews, useOnline } from '../../live';
import { addDays, today } from '../../days';
import { Icon, Problem, toast, useLoad } from '../../parts';
import { Choose, fold, Token, Tokens } from '../../parts/choose';
import { EntryTokens } from '../../parts/entry-tokens';
import { Field, fieldAfter, onEnter, paperOut, Select, Value } from '../../parts/form';
import { go } from '../../route';
import { dayOf, printClock, printDay, say } from '../../words';
import { Reserved } from './reserved';

/** What the new document does to one that is there: the name in the address. */
const DEEDS: Record<string, { kind: string; label: () => string; opening: (entry: Entry) => string }> = {
  traloi: { kind: 'reply', label: () => say('Trả lời văn bản đến', 'Replies to'), opening: () => '' },
  dinhchinh: { kind: 'corrects', label: () => say('Đính chính văn bản', 'Corrects'), opening: (e) => `Đính chính ${namedOf(e)}` },
  thaythe: { kind: 'replaces', label: () => say('Thay thế văn bản', 'Replaces'), opening: (e) => String(e.fields.subject ?? '') },
  thuhoi: { kind: 'recalls', label: () => say('Thu hồi văn bản', 'Takes back'), opening: (e) => `Thu hồi ${namedOf(e)}` },
};

function namedOf(entry: Entry): string {
  return `${entry.type_name ?? 'văn bản'} số ${entry.fields.symbol} ngày ${printDay(entry.day)}`;
}

interface Draft { text: Record<string, string>; receivers: Token[]; reply: Token[]; key: string; touched: boolean }

const blank = (): Draft => ({ text: { urgency: '0', paper: 'none', copies: '1', keeper: 'VT' }, receivers: [], reply: [], key: crypto.randomUUID(), touched: false });

function loadDraft(name: string): Draft {
  try { return { ...blank(), ...(JSON.parse(localStorage.getItem(name) ?? 'null') as Draft | null) }; } catch { return blank(); }
}

/** "BC-SNNMT", "SNNMT-KHTC": as the service will build it. */
function notationOf(lists: Lists, type: string, unit: string): string {
  const code = me.session?.organisation.code ?? '';
  const kind = lists.rawTypes.find((t) => t.name === type);
  const short = lists.rawUnits.find((u) => u.name === unit)?.code ?? '';
  if (!kind) return '';
  if (kind.abbreviation) return `${kind.abbreviation}-${code}`;
  return short ? `${code}-${short}` : code;
}

/** Outgoing documents of 30 days that say the same. */
function useSame(subject: string): Hit | undefined {
  const [same, set] = useState<Hit>();
  useEffect(() => {
    set(undefined);
    if (subject.trim().length < 10) return undefined;
    let live = true;
    const timer = setTimeout(() => {
      get<{ hits: Hit[] }>(`search?kind=entry&direction=out&limit=5&from=${addDays(today(), -30)}&q=${encodeURIComponent(subject.trim().slice(0, 200))}`)
        .then((r) => { if (live) set(r.hits.find((h) => !h.void && fold(h.subject?.text ?? '').trim() === fold(subject).trim())); }, () => undefined);
    }, 400);
    return () => { live = false; clearTimeout(timer); };
  }, [subject]);
  return same;
}

interface Test { state: 'ok' | 'no' | 'advice'; text: string }

function testsOf(draft: Draft, lists: Lists, deed: string, same?: Hit): Test[] {
  const text = draft.text;
  const missing = [
    !lists.types.some((t) => t.name === text.type) && say('loại văn bản', 'type'), !lists.units.some((u) => u.name === text.unit) && say('đơn vị soạn thảo', 'drafting unit'),
    !text.subject?.trim() && say('trích yếu', 'summary'), !text.signer_name?.trim() && say('người ký', 'signatory'), !draft.receivers.length && say('nơi nhận', 'recipients'),
    !text.keeper?.trim() && say('nơi lưu', 'file copy'), !(Number(text.copies) > 0) && say('số lượng bản', 'copies'),
  ].filter(Boolean);
  const tests: Test[] = [
    missing.length ? { state: 'no', text: say(`Còn thiếu: ${missing.join(', ')}`, `Missing: ${missing.join(', ')}`) } : { state: 'ok', text: say('Đủ các mục để cấp số', 'All entries are there') },
    text.paper === 'signed' ? { state: 'ok', text: say('Bản giấy người có thẩm quyền đã ký', 'The paper original is signed') } : { state: 'no', text: say('Chưa ký: đánh dấu “Đã ký” ở Bản giấy khi người có thẩm quyền đã ký', 'Not signed: mark the paper “Signed” once it is') },
    same ? { state: 'advice', text: say(`Trùng trích yếu với ${same.symbol?.text ?? ''}`, `Same summary as ${same.symbol?.text ?? ''}`) } : { state: 'ok', text: say('Chưa có văn bản đi trùng trích yếu trong 30 ngày', 'No outgoing document of 30 days says the same') },
  ];
  if (draft.reply.length) tests.push({ state: 'ok', text: `${deed} ${draft.reply.map((t) => t.name).join(', ')}` });
  return tests;
}

function requestOf(draft: Draft, lists: Lists): Record<string, unknown> {
  const text = (name: string): string => (draft.text[name] ?? '').trim();
  const signer = lists.leaders.find((l) => l.name === text('signer_name'));
  return {
    direction: 'out', subject: text('subject'), type_id: lists.types.find((t) => t.name === text('type'))?.id ?? 0, unit_id: lists.units.find((u) => u.name === text('unit'))?.id ?? 0,
    signer_name: text('signer_name'), signer_position: signer?.note ?? '', urgency: Number(text('urgency')) || 0, pages: Number(text('pages')) || 0, copies: Number(text('copies')) || 0,
    keeper: text('keeper'), paper: text('paper'), note: text('note'),
    receivers: draft.receivers.map((t) => (t.kind === 'unit' ? { unit: t.id } : t.kind === 'user' ? { user: t.id } : t.kind === 'agency' ? { agency: t.id } : { name: t.name })),
    relations: draft.reply.map((t) => ({ kind: t.kind || 'reply', entry: t.id })),
  };
}

function lastSaid(last?: Entry): string {
  if (!last) return say('Chưa cấp số nào trong năm.', 'No number this year.');
  const day = dayOf(last.registered_at) === dayOf(Date.now() / 1000) ? say('hôm nay', 'today') : dayOf(last.registered_at);
  return say(`Số gần nhất: ${last.fields.symbol}, cấp lúc ${printClock(last.registered_at)} ${day}`, `Last: ${last.fields.symbol}, ${printClock(last.registered_at)} ${day}`);
}

export function Issue({ query }: { query: URLSearchParams }): JSX.Element {
  const said = Object.keys(DEEDS).find((key) => Number(query.get(key))) ?? 'traloi';
  const deed = DEEDS[said];
  const about = Number(query.get(said)) || 0;
  const name = about && deed.kind !== 'reply' ? `draft-out-${said}-${about}` : `draft-out-${about}`;
  const lists = useLists('out');
  const [draft, setDraft] = useState<Draft>(() => loadDraft(name));
  const [error, setError] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [used, setUsed] = useState<Reservation | null>(null);
  const online = useOnline();
  const form = useRef<HTMLFormElement>(null);
  const text = draft.text;
  const type = lists.types.find((t) => t.name === text.type)?.id ?? 0;
  const next = useLoad(() => get<NextNumber>(`entries/next-number?direction=out${type ? `&type=${type}` : ''}`), [type]);
  const last = useLoad(() => get<{ items: Entry[] }>('entries?direction=out&limit=1'), []);
  useNews(['number'], () => { next.again(); last.again(); });
  const origin = useLoad(() => (about ? get<Entry>(`entries/${about}`) : Promise.resolve(undefined)), [about]);
  const same = useSame(text.subject ?? '');

  useEffect(() => {
    const entry = origin.value;
    if (!entry || draft.touched || !lists.rawTypes.length) return;
    const isReply = deed.kind === 'reply';
    const label = isReply ? say(`Số đến ${entry.number} · ${entry.fields.symbol}`, `No. ${entry.number} · ${entry.fields.symbol}`) : String(entry.fields.symbol);
    // who got the wrong one gets this one too; a correction is a dispatch
    const known = [...lists.agencies, ...lists.units, ...lists.people];
    const receivers = (entry.receivers ?? []).map(({ name: to }) => known.find((c) => c.name === to) ?? { id: 0, kind: 'name', name: to ?? '' }).map((c) => ({ id: c.id, kind: c.kind ?? 'name', name: c.name }));
    if (!isReply) {
      const type = lists.rawTypes.find((t) => t.id === (deed.kind === 'corrects' ? 18 : entry.fields.type_id));
      setDraft((old) => ({ ...old, reply: [{ id: entry.id, kind: deed.kind, name: label }], receivers,
        text: { ...old.text, subject: deed.opening(entry), type: type?.name ?? '', unit: lists.rawUnits.find((u) => u.id === entry.fields.unit_id)?.name ?? '' } }));
      return;
    }
    setDraft((old) => ({
      ...old, reply: [{ id: entry.id, kind: 'reply', name: label }], receivers: entry.fields.issuer ? [{ id: entry.fields.agency_id ?? 0, kind: entry.fields.agency_id ? 'agency' : 'name', name: entry.fields.issuer }] : [],
      text: { ...old.text, type: lists.rawTypes.find((t) => t.id === 18)?.name ?? '', unit: lists.rawUnits.find((u) => u.id === entry.fields.unit_id)?.name ?? '' },
    }));
  }, [origin.value, lists.rawTypes, lists.rawUnits]);
  useLayoutEffect(() => { form.current?.querySelector<HTMLElement>('#f-type')?.focus(); }, []);
  useKept(() => { if (draft.touched) localStorage.setItem(name, JSON.stringify(draft)); }, draft);

  const change = (part: Partial<Draft>): void => setDraft((old) => ({ ...old, ...part, touched: true }));
  const set = (field: string, value: string): void => setDraft((old) => ({ ...old, text: { ...old.text, [field]: value }, touched: true }));
  const go_on = (field: string, back?: boolean): void => {
    const to = fieldAfter(form.current, field, back) ?? (back ? null : document.querySelector<HTMLElement>('.issue .primary'));
    to?.focus();
  };
  const tests = testsOf(draft, lists, deed.label(), same);
  const stops = tests.find((t) => t.state === 'no');
  const given = used?.number ?? next.value?.number;
  const number = given ? String(given).padStart(2, '0') : '…';
  const notation = notationOf(lists, text.type ?? '', text.unit ?? '');
  const save = (): void => {
    setTried(true);
    if (busy || !online || stops) return;
    setBusy(true);
    setError(null);
    post<Entry>('entries', { ...requestOf(draft, lists), ...(used ? { reservation: used.id } : {}) }, { 'Idempotency-Key': draft.key }).then((entry) => {
      setDraft(blank());
      localStorage.removeItem(name);
      toast({ text: say(`Đã cấp số ${entry.fields.symbol}`, `Number ${entry.fields.symbol} is given`) });
      go(`/vb/${entry.id}`);
    }, (e: Refusal) => { setError(e); if (e.code === 'idempotency.reused') change({ key: crypto.randomUUID() }); }).finally(() => setBusy(false));
  };
  useKeys({
    'Ctrl+Enter': save, 'Ctrl+S': save,
    'Escape': () => { const at = document.activeElement; if (at && at !== document.body && !at.matches('h1')) (at as HTMLElement).blur(); else go('/di'); },
  });
  useBar({
    title: say('Cấp số văn bản đi', 'Issue outgoing number'), count: <span class="chip plain">{say('Nháp', 'Draft')}</span>, back: '/di', search: false,
    aside: <span class="hints"><span><kbd>↵</kbd> {say('ô kế tiếp', 'next field')}</span><span><kbd>F4</kbd> {say('mở danh sách', 'open list')}</span><span><kbd>F1</kbd> {say('phím tắt', 'shortcuts')}</span></span>,
  });
  const bad = (field: string, wrong: boolean): boolean | undefined => (tried && wrong) || (!!text[field] && wrong && field !== 'subject') || undefined;
  const input = (field: string, label: string, wide: string, extra: JSX.InputHTMLAttributes<HTMLInputElement> = {}): JSX.Element => (
    <Field name={field} label={label} wide={wide} required={!!extra.required}><input id={`f-${field}`} autocomplete="off" value={text[field] ?? ''} onInput={(e) => set(field, e.currentTarget.value)} onKeyDown={onEnter((back) => go_on(field, back))} {...extra} required={undefined} aria-required={!!extra.required} /></Field>
  );
  const choose = (field: string, label: string, wide: string, choices: Lists['types'], listed: boolean): JSX.Element => (
    <Field name={field} label={label} wide={wide} required><Choose id={`f-${field}`} label={label} text={text[field] ?? ''} choices={choices} required invalid={bad(field, listed ? !choices.some((c) => c.name === text[field]) : !text[field]?.trim())} set={(value) => set(field, value)} next={(back) => go_on(field, back)} /></Field>
  );
  const options = (field: string, label: string, wide: string, values: Value[]): JSX.Element => (
    <Field name={field} label={label} wide={wide}><Select id={`f-${field}`} text={text[field] ?? ''} values={values} set={(value) => set(field, value)} next={(back) => go_on(field, back)} /></Field>
  );
  const names = { receivers: say('Nơi nhận văn bản', 'Recipients'), reply: deed.label() };
  return (
    <main class="outgoing" id="content">
      <form class="form" ref={form} onSubmit={(e) => { e.preventDefault(); save(); }} aria-label={say('Văn bản đi', 'Outgoing document')}>
        <div class="form-body">
          {origin.error && <Problem error={origin.error} />}
          <div class="grid">
            {choose('type', say('Loại văn bản', 'Type'), 'w3', lists.types, true)}
            {choose('unit', say('Đơn vị soạn thảo', 'Drafting unit'), 'w6', lists.units, true)}
            <Field name="day" label={say('Ngày văn bản', 'Document date')} wide="w3"><div class="single"><input id="f-day" readOnly value={printDay(next.value?.day)} /><Icon name="lock" /></div></Field>
            <Field name="subject" label={say('Trích yếu nội dung', 'Summary')} wide="w12" required>
              <textarea id="f-subject" rows={2} aria-required="true" aria-invalid={bad('subject', !text.subject?.trim())} value={text.subject ?? ''} onInput={(e) => set('subject', e.currentTarget.value)} onKeyDown={onEnter((back) => go_on('subject', back))} /></Field>
            {choose('signer_name', say('Người ký', 'Signatory'), 'w6', lists.leaders, false)}
            {options('urgency', say('Độ khẩn', 'Urgency'), 'w3', urgencyChoices)}
            {input('pages', say('Số trang', 'Pages'), 'w3', { inputMode: 'numeric' })}
            <Field name="receivers" label={names.receivers} wide="w12" required aside={draft.receivers.length ? say(`${draft.receivers.length} nơi`, `${draft.receivers.length}`) : ''}>
              <Tokens id="f-receivers" label={names.receivers} tokens={draft.receivers} choices={[...lists.agencies, ...lists.units, ...lists.people]} add addLabel={say('Thêm nơi nhận', 'Add')} required invalid={bad('receivers', !draft.receivers.length)}
                set={(receivers) => change({ receivers })} next={(back) => go_on('receivers', back)} placeholder={say('Cơ quan, đơn vị, người…', 'Agency, unit, person…')} /></Field>
            {input('keeper', say('Đơn vị, người nhận bản lưu', 'File copy kept by'), 'w6', { required: true })}
            {input('copies', say('Số lượng bản', 'Copies'), 'w3', { required: true, inputMode: 'numeric' })}
            {options('paper', say('Bản giấy', 'Paper'), 'w3', paperOut)}
            <Field name="reply" label={names.reply} wide="w6"><EntryTokens id="f-reply" label={names.reply} tokens={draft.reply} direction={deed.kind === 'reply' ? 'in' : 'out'} kind={deed.kind} set={(reply) => change({ reply })} next={(back) => go_on('reply', back)} /></Field>
            {input('note', say('Ghi chú', 'Note'), 'w6', { placeholder: say('Không bắt buộc', 'Optional') })}
          </div>
        </div>
      </form>
      <aside class="issue" aria-label={say('Cấp số', 'Number')}>
        <section class="sec">
          <small>{used ? say('Số đã giữ, sổ', 'Number set aside, book') : say('Số tiếp theo, sổ', 'Next number, book')} {next.value?.book_name} {next.value?.year}</small>
          <output class="next-symbol"><b class="number">{number}</b><span>{notation ? `/${notation}` : ''}</span></output>
          <small>{lastSaid(last.value?.items[0])}</small>
          <button type="button" class="button primary large" disabled={busy || !online || !!stops} aria-describedby={stops ? 'stops' : undefined} aria-keyshortcuts="Control+Enter" onClick={save}><Icon name="stamp" />
            {!online ? say('Chờ có mạng', 'Waiting for the network') : busy ? say('Đang cấp số…', 'Taking a number…') : say(`Cấp số ${number}`, `Issue no. ${number}`)}<kbd>Ctrl ↵</kbd></button>
          {stops && <small id="stops" class="why">{stops.text}</small>}
          {error && <Problem error={error} />}
          <small>{say('Số và ngày cấp khi bấm nút, theo thứ tự phát hành. Số đã cấp không dùng lại; cấp nhầm thì ghi hủy với lý do.', 'Number and date are given by the button, in the order of issue. A number is never used again; a wrong one is voided with a reason.')}</small>
        </section>
        <Reserved type={type} unit={lists.units.find((u) => u.name === text.unit)?.id ?? 0} used={used?.id ?? 0} changed={next.again}
          use={(one) => { setUsed(one); if (one) setDraft((old) => ({ ...old, touched: true, text: { ...old.text, type: lists.types.find((t) => t.id === one.type)?.name ?? old.text.type, unit: lists.units.find((u) => u.id === one.unit)?.name ?? old.text.unit } })); }} />
        <section class="sec last">
          <h2>{say('Kiểm tra trước khi phát hành', 'Checks before issue')}</h2>
          <ul class="tests">{tests.map((t) => <li class={t.state}><Icon name={t.state === 'ok' ? 'check' : t.state === 'no' ? 'circle-dashed' : 'warn'} /><span>{t.text}<span class="sr">{t.state === 'ok' ? say(': đạt', ': done') : t.state === 'no' ? say(': chưa', ': not yet') : ''}</span></span></li>)}</ul>
        </section>
      </aside>
    </main>
  );
}
