import { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Duplicate, Entry, get, Letter, post, Refusal } from '../api';
import { Choice, Choose } from '../parts/choose';
import { useKeys } from '../keys';
import { Button, Icon, Problem, toast, useLoad, Viewer } from '../parts';
import { go } from '../route';
import { parseDay, printDay, say } from '../words';
import { filesOf } from './intake';

interface Draft { [name: string]: string }
interface Next { number: number; day: string; book_name: string }
interface Item { id: number; name: string; short_name?: string; code?: string; abbreviation?: string; uses?: number; roles?: string[]; position?: string }

const empty: Draft = {
  issuer: '', symbol: '', document_day: '', subject: '', type: '', urgency: '0', signer_name: '', pages: '', receiver: '', submit: '',
  due_day: '', note: '', channel: '', copies: '', signer_position: '', identifier: '', field: '', paper: 'none', dossier_notation: '',
};

function draftKey(letter: number): string { return `draft-in-${letter}`; }

function firstGuess(letter?: Letter): Draft {
  const guess: Draft = { ...empty, channel: letter ? 'mail' : 'post' };
  if (!letter) return guess;
  const subject = letter.subject ?? '';
  const symbol = /\b(\d{1,6}[a-z]?)\s*\/\s*((?:\d{4}\/)?[\p{L}&]{1,12}(?:-[\p{L}&]{1,12}){0,3})/u.exec(subject);
  if (symbol) guess.symbol = `${symbol[1]}/${symbol[2]}`;
  guess.subject = subject.replace(/^(\s*(fwd?|re|trả lời|chuyển tiếp)\s*:)+/i, '').trim();
  guess.issuer = letter.sender_name ?? '';
  return guess;
}

function useLists(): { agencies: Choice[]; types: Choice[]; units: Choice[]; leaders: Choice[] } {
  const load = async (name: string): Promise<Item[]> => (await get<{ items: Item[] }>(`lists/${name}`)).items;
  const agencies = useLoad(() => load('agencies'), []);
  const types = useLoad(() => load('types'), []);
  const units = useLoad(() => load('units'), []);
  const users = useLoad(() => load('users'), []);
  return useMemo(() => ({
    agencies: (agencies.value ?? []).map((a) => ({ id: a.id, name: a.name, note: a.short_name, uses: a.uses })),
    types: (types.value ?? []).map((t) => ({ id: t.id, name: t.name, note: t.abbreviation })),
    units: (units.value ?? []).map((u) => ({ id: u.id, name: u.name, note: u.code })),
    leaders: (users.value ?? []).filter((u) => u.roles?.includes('leader')).map((u) => ({ id: u.id, name: u.name, note: u.position })),
  }), [agencies.value, types.value, units.value, users.value]);
}

function Warning({ found, attach, anyway }: { found: Duplicate[]; attach: (d: Duplicate) => void; anyway: (reason: string) => void }): JSX.Element {
  const first = found[0];
  const [reason, set] = useState('');
  const exact = first.match === 'file' || first.match === 'identifier' || first.match === 'symbol';
  return (
    <section class={`duplicate ${first.match === 'file' ? 'strong' : ''}`} role="alert">
      <p><Icon name="copy" /><strong>{exact ? say('Có thể đã đăng ký: ', 'May be registered already: ') : say('Trùng số, khác ngày: ', 'Same number, other date: ')}
        {say(`Số đến ${first.number}, ${printDay(first.day)}`, `No. ${first.number}, ${printDay(first.day)}`)}</strong></p>
      <p class="hint">{first.issuer} · {first.symbol} · {first.subject} · {first.registered_by}</p>
      <div class="row">
        <Button label={say(`Gắn vào Số đến ${first.number}`, `Attach to no. ${first.number}`)} keys="Alt+L" press={() => attach(first)} />
        <input aria-label={say('Lý do vẫn đăng ký mới', 'Reason to register anyway')} placeholder={say('Vẫn đăng ký mới, ghi lý do…', 'Register anyway: reason…')} value={reason}
          onInput={(e) => { set(e.currentTarget.value); anyway(e.currentTarget.value); }} />
      </div>
    </section>
  );
}

export function RegisterIn({ letter: id, changed }: { letter: number; changed: () => void }): JSX.Element {
  const { value: letter, error: missing } = useLoad(() => (id ? get<Letter>(`letters/${id}`) : Promise.resolve(undefined)), [id]);
  const next = useLoad(() => get<Next>('entries/next-number?direction=in'), [id]);
  const lists = useLists();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [ids, setIds] = useState<Record<string, number>>({});
  const [found, setFound] = useState<Duplicate[]>([]);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState(0);
  const [more, setMore] = useState(false);
  const [restored, setRestored] = useState(false);
  const key = useRef(crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);
  const files = filesOf(letter);

  useEffect(() => {
    if (id && !letter) return;
    const kept = localStorage.getItem(draftKey(id));
    setRestored(!!kept);
    setDraft(kept ? JSON.parse(kept) : firstGuess(letter));
    setIds({});
    setError(null);
    setReason('');
    key.current = crypto.randomUUID();
  }, [id, letter?.id]);
  useEffect(() => {
    if (!draft) return undefined;
    const timer = setTimeout(() => localStorage.setItem(draftKey(id), JSON.stringify(draft)), 400);
    return () => clearTimeout(timer);
  }, [draft]);
  const ready = !!draft;
  useEffect(() => {
    if (!ready) return;
    const wanted = ['issuer', 'symbol', 'document_day', 'subject'].find((name) => !draft?.[name]);
    form.current?.querySelector<HTMLElement>(`#f-${wanted ?? 'issuer'}`)?.focus();
  }, [ready, id]);
  useEffect(() => {
    if (!draft?.issuer || !draft.symbol || !parseDay(draft.document_day)) { setFound([]); return undefined; }
    const timer = setTimeout(() => {
      post<{ duplicates: Duplicate[]; must_ask: boolean }>('duplicates', { issuer: draft.issuer, symbol: draft.symbol, document_day: parseDay(draft.document_day), identifier: draft.identifier, letter: id })
        .then((r) => setFound(r.must_ask ? r.duplicates : []), () => undefined);
    }, 250);
    return () => clearTimeout(timer);
  }, [draft?.issuer, draft?.symbol, draft?.document_day, draft?.identifier, id]);

  const set = (name: string, value: string): void => setDraft((old) => ({ ...(old ?? empty), [name]: value }));
  const after = (name: string): void => {
    const all = [...(form.current?.querySelectorAll<HTMLElement>('input,textarea,select,button.primary') ?? [])];
    const at = all.findIndex((e) => e.id === `f-${name}`);
    all[at + 1]?.focus();
  };
  const onEnter = (name: string) => (event: KeyboardEvent): void => {
    if (event.code !== 'Enter' || event.ctrlKey || event.isComposing) return;
    event.preventDefault();
    if (!event.shiftKey) after(name);
  };
  const leave = async (): Promise<void> => {
    localStorage.removeItem(draftKey(id));
    changed();
    const queue = await get<{ items: Letter[] }>('intake?tab=todo&limit=1');
    // the timer that keeps drafts may have fired while we asked
    localStorage.removeItem(draftKey(id));
    go(id && queue.items[0] ? `/den/moi?thu=${queue.items[0].id}` : id ? '/tiep-nhan' : '/den');
  };
  const save = (): void => {
    if (!draft || busy) return;
    const days = ['document_day', 'due_day'].find((n) => draft[n] && !parseDay(draft[n]));
    if (days) {
      setError(new Refusal(400, 'day', say('Ngày chưa đúng. Nhập dạng 22/6 hoặc 22062026.', 'That is no date. Type 22/6 or 22062026.')));
      form.current?.querySelector<HTMLElement>(`#f-${days}`)?.focus();
      return;
    }
    const type = ids.type ?? lists.types.find((t) => t.name === draft.type)?.id ?? 0;
    const unit = lists.units.find((u) => u.name === draft.receiver)?.id ?? 0;
    const leader = lists.leaders.find((l) => l.name === draft.submit)?.id ?? 0;
    setBusy(true);
    setError(null);
    post<Entry>('entries', {
      direction: 'in', letter: id, issuer: draft.issuer, symbol: draft.symbol, document_day: parseDay(draft.document_day) || null, subject: draft.subject,
      type_id: type, urgency: Number(draft.urgency), signer_name: draft.signer_name, signer_position: draft.signer_position, pages: Number(draft.pages) || 0,
      copies: Number(draft.copies) || 0, receiver: draft.receiver, unit_id: unit, submit_to: leader, due_day: parseDay(draft.due_day) || null, note: draft.note,
      channel: draft.channel, paper: draft.paper, identifier: draft.identifier, field: draft.field, dossier_notation: draft.dossier_notation,
      ...(reason ? { duplicate_reason: reason } : {}),
    }, { 'Idempotency-Key': key.current }).then((entry) => {
      toast({
        text: say(`Đã lưu Số đến ${entry.number}`, `Saved as no. ${entry.number}`),
        undo: () => void post(`entries/${entry.id}/undo`, { version: entry.version }).then(() => { changed(); go(id ? `/den/moi?thu=${id}` : '/den'); }, (e: Error) => toast({ text: e.message })),
      });
      return leave();
    }, (e: Refusal) => {
      setError(e);
      if (e.details?.duplicates) setFound(e.details.duplicates);
    }).finally(() => setBusy(false));
  };
  const attach = (d: Duplicate): void => {
    post(`letters/${id}/decision`, { decision: 'attach', entry: d.entry, role: 'main', version: letter?.version ?? 0 }).then(() => {
      toast({ text: say(`Đã gắn vào Số đến ${d.number}`, `Attached to no. ${d.number}`) });
      return leave();
    }, (e: Refusal) => setError(e));
  };
  useKeys({
    'Ctrl+Enter': save, 'Ctrl+S': save, 'Escape': () => (document.activeElement && document.activeElement !== document.body ? (document.activeElement as HTMLElement).blur() : go(id ? `/tiep-nhan/${id}` : '/den')),
    'F8': () => void get<{ items: Letter[] }>('intake?tab=todo&limit=200').then(({ items }) => {
      const at = items.findIndex((l) => l.id === id);
      const to = items[at + 1] ?? items[0];
      if (to) go(`/den/moi?thu=${to.id}`);
    }),
    'F6': () => (document.querySelector<HTMLElement>('.paper button') ?? form.current?.querySelector<HTMLElement>('input'))?.focus(),
    'Alt+L': () => { if (found[0]) attach(found[0]); },
  });
  if (missing) return <main class="content" id="content"><Problem error={missing} /></main>;
  const text = (name: string, label: string, extra: JSX.InputHTMLAttributes<HTMLInputElement> = {}): JSX.Element => (
    <div class="field"><label for={`f-${name}`}>{label}{extra.required && <b class="must"> *</b>}</label>
      <input id={`f-${name}`} value={draft?.[name] ?? ''} autocomplete="off" onInput={(e) => set(name, e.currentTarget.value)} onKeyDown={onEnter(name)} {...extra} /></div>
  );
  const day = (name: string, label: string, required = false): JSX.Element => text(name, label, {
    required, placeholder: '22/6/2026', 'aria-invalid': !!draft?.[name] && !parseDay(draft[name]),
    onBlur: (e) => { const iso = parseDay(e.currentTarget.value); if (iso) set(name, printDay(iso)); },
  });
  const choose = (name: string, label: string, choices: Choice[], required = false): JSX.Element => (
    <div class="field"><label for={`f-${name}`}>{label}{required && <b class="must"> *</b>}</label>
      <Choose id={`f-${name}`} label={label} text={draft?.[name] ?? ''} choices={choices} required={required} next={() => after(name)}
        set={(value, chosen) => { set(name, value); setIds((old) => ({ ...old, [name]: chosen })); }} /></div>
  );
  const options = (name: string, label: string, list: [string, string, string][]): JSX.Element => (
    <div class="field"><label for={`f-${name}`}>{label}</label>
      <select id={`f-${name}`} value={draft?.[name] ?? ''} onChange={(e) => set(name, e.currentTarget.value)} onKeyDown={onEnter(name)}>
        {list.map(([value, vi, en]) => <option value={value}>{say(vi, en)}</option>)}</select></div>
  );
  return (
    <main class={`register ${id ? '' : 'alone'}`} id="content">
      {id > 0 && <section class="paper" aria-label={say('Tệp', 'File')}>
        <div class="strip">{files.map((f, i) => <button type="button" class="tab" aria-pressed={i === file} onClick={() => setFile(i)}>{f.name ?? f.type}</button>)}
          <button type="button" class="tab" aria-pressed={file >= files.length} onClick={() => setFile(files.length)}>{say('Nội dung thư', 'Letter text')}</button></div>
        {letter && <Viewer part={files[file]} of={{ letter: id }} body={letter.body} />}
      </section>}
      <form class="form" ref={form} onSubmit={(e) => { e.preventDefault(); save(); }} aria-label={say('Đăng ký văn bản đến', 'Register incoming')}>
        <div class="form-body">
          <h1 class="sr">{say('Đăng ký văn bản đến', 'Register incoming')}</h1>
          <div class="head"><div><small>{say('Số đến', 'Incoming no.')}</small><output class="number large" aria-live="polite">{next.value?.number ?? '…'}</output></div>
            <div><small>{say('Ngày đến', 'Date received')}</small><b>{printDay(next.value?.day)}</b></div>
            <div><small>{say('Sổ đăng ký', 'Book')}</small><b>{next.value?.book_name}</b></div>
            <p class="hint">{say('Số dự kiến, hệ thống cấp chính thức khi lưu', 'Expected; the final number comes on saving')}</p></div>
          {found.length > 0 && <Warning found={found} attach={attach} anyway={setReason} />}
          {error && <p class="problem" role="alert"><Icon name="warn" />{error.message} <small>{say('Bản nháp vẫn ở máy này.', 'The draft is kept here.')}</small></p>}
          <div class="grid">
            <div class="w6">{choose('issuer', say('Cơ quan ban hành', 'Issuing agency'), lists.agencies, true)}</div>
            <div class="w3">{text('symbol', say('Số, ký hiệu', 'Number and symbol'), { required: true, onBlur: (e) => set('symbol', e.currentTarget.value.replace(/\s+/g, '').toUpperCase()) })}</div>
            <div class="w3">{day('document_day', say('Ngày văn bản', 'Document date'), true)}</div>
            <div class="w12 field"><label for="f-subject">{say('Trích yếu nội dung', 'Summary')}<b class="must"> *</b></label>
              <textarea id="f-subject" rows={2} required value={draft?.subject ?? ''} onInput={(e) => set('subject', e.currentTarget.value)} onKeyDown={onEnter('subject')} />
              {(draft?.subject.length ?? 0) > 500 && <small class="hint">{draft?.subject.length} {say('ký tự; khi trao đổi chỉ chở được 500', 'characters; exchange carries 500')}</small>}</div>
            <div class="w3">{choose('type', say('Loại văn bản', 'Type'), lists.types)}</div>
            <div class="w3">{options('urgency', say('Độ khẩn', 'Urgency'), [['0', 'Thường', 'Normal'], ['1', 'Khẩn', 'Urgent'], ['2', 'Thượng khẩn', 'Very urgent'], ['3', 'Hỏa tốc', 'Express']])}</div>
            <div class="w3">{text('signer_name', say('Người ký', 'Signatory'))}</div>
            <div class="w3">{text('pages', say('Số trang', 'Pages'), { inputMode: 'numeric', pattern: '[0-9]*' })}</div>
            <h2 class="w12 rule">{say('Chuyển xử lý', 'Routing')}</h2>
            <div class="w6">{choose('receiver', say('Đơn vị hoặc người nhận', 'Receiving unit or person'), lists.units)}</div>
            <div class="w3">{choose('submit', say('Trình', 'Submit to'), lists.leaders)}</div>
            <div class="w3">{day('due_day', say('Hạn trả lời', 'Reply by'))}</div>
            <div class="w12">{text('note', say('Ghi chú', 'Note'))}</div>
          </div>
          <details class="more" open={more} onToggle={(e) => setMore(e.currentTarget.open)}><summary>{say('Thêm: hình thức nhận, số bản, hồ sơ', 'More: channel, copies, dossier')}</summary>
            <div class="grid">
              <div class="w3">{options('channel', say('Hình thức nhận', 'Channel'), [['', '—', '—'], ['exchange', 'Trục liên thông', 'Exchange'], ['mail', 'Thư điện tử', 'E-mail'], ['post', 'Bưu chính', 'Post'], ['hand', 'Trực tiếp', 'By hand'], ['fax', 'Fax', 'Fax']])}</div>
              <div class="w3">{text('copies', say('Số bản', 'Copies'), { inputMode: 'numeric' })}</div>
              <div class="w3">{options('paper', say('Bản giấy', 'Paper'), [['none', 'Chưa nhận', 'Not received'], ['received', 'Đã nhận', 'Received']])}</div>
              <div class="w3">{text('dossier_notation', say('Số và ký hiệu hồ sơ', 'Dossier'))}</div>
              <div class="w4">{text('identifier', say('Mã định danh văn bản', 'Document identifier'))}</div>
              <div class="w4">{text('signer_position', say('Chức vụ người ký', 'Position of signatory'))}</div>
              <div class="w4">{text('field', say('Lĩnh vực', 'Field'))}</div>
            </div></details>
        </div>
        <div class="form-foot">
          <button class="button primary" disabled={busy} aria-keyshortcuts="Control+Enter"><Icon name="stamp" />{busy ? say('Đang lấy số…', 'Taking a number…') : say('Lưu, lấy số', 'Save and take number')}<kbd>Ctrl ↵</kbd></button>
          <span class="hint">{restored ? say('Đã khôi phục nháp', 'Draft restored') : say('Nháp tự lưu ở máy này', 'The draft is kept on this computer')}</span>
        </div>
      </form>
    </main>
  );
}
