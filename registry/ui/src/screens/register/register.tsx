// Đăng ký văn bản đến: one correct line in the book (ui.md 6.4).
import { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ask, Duplicate, Duplicates, Entry, get, Letter, me, NextNumber, post, Refusal } from '../../api';
import { useBar } from '../../bar';
import { parseDay } from '../../days';
import { useHold } from '../../hold';
import { useKept } from '../../keep';
import { useKeys } from '../../keys';
import { boxesOf, filesOf, isSecret, printRead, readOf, secretText } from '../../letter';
import { useLists, usePast } from '../../lists';
import { useNews, useOnline } from '../../live';
import { addPace, Clock, loadPace } from '../../pace';
import { Button, Icon, Problem, toast, useLoad } from '../../parts';
import { fieldAfter } from '../../parts/form';
import { Box, Paper, PaperHand } from '../../parts/paper';
import { go } from '../../route';
import { printClock, printDay, say } from '../../words';
import { labels } from '../intake/panel';
import { asks, blankDraft, Draft, dropDraft, fields, fillDraft, keepDraft, loadDraft, markOf, problemsOf, readFields, requestOf } from './draft';
import { Compare, Warning } from './duplicate';
import { Fields, FormHand } from './fields';
import { fetchAhead, findNext, loadLetter, useOrder } from './order';

/** The number that may come; it flips when somebody else takes it. */
function Head({ next }: { next?: NextNumber }): JSX.Element {
  const before = useRef(0);
  const [flip, setFlip] = useState('');
  useEffect(() => {
    if (!next) return undefined;
    const changed = before.current > 0 && before.current !== next.number;
    before.current = next.number;
    if (!changed) return undefined;
    setFlip(say(`Số đến dự kiến đổi thành ${next.number}`, `The expected number is now ${next.number}`));
    const timer = setTimeout(() => setFlip(''), 1500);
    return () => clearTimeout(timer);
  }, [next?.number]);
  return (
    <div class="head"><div><small>{say('Số đến', 'Incoming no.')}</small><output class={`number large ${flip ? 'flip' : ''}`}>{next?.number ?? '…'}</output></div>
      <div><small>{say('Ngày đến', 'Date received')}</small><b class="tabular">{printDay(next?.day)}</b></div>
      <div><small>{say('Sổ đăng ký', 'Book')}</small><b>{next?.book_name} {next?.year}</b></div>
      <p class="hint">{say('Số dự kiến, hệ thống cấp chính thức khi lưu', 'Expected; the final number comes on saving')}</p>
      <span class="sr" role="status">{flip}</span></div>
  );
}

function useDuplicates(draft: Draft | null, id: number): [Duplicate[], (found: Duplicate[]) => void] {
  const [found, set] = useState<Duplicate[]>([]);
  const { issuer = '', symbol = '', document_day = '', identifier = '' } = draft?.text ?? {};
  useEffect(() => {
    const whole = issuer && symbol && parseDay(document_day);
    if (!whole && !id) { set([]); return undefined; }
    let live = true;
    const timer = setTimeout(() => {
      ask<Duplicates>('duplicates', { issuer, symbol, document_day: parseDay(document_day) || null, identifier, letter: id })
        .then((r) => { if (live) set(r.must_ask ? r.duplicates : []); }, () => undefined);
    }, 250);
    return () => { live = false; clearTimeout(timer); };
  }, [issuer, symbol, document_day, identifier, id]);
  return [found, set];
}

/** Digits beside the labels while Alt is held. */
function useDigits(): boolean {
  const [held, set] = useState(false);
  useEffect(() => {
    const down = (e: KeyboardEvent): void => { if (e.key === 'Alt') { e.preventDefault(); set(true); } };
    const up = (e: KeyboardEvent | Event): void => { if (!(e instanceof KeyboardEvent) || e.key === 'Alt') set(false); };
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    addEventListener('blur', up);
    return () => { removeEventListener('keydown', down); removeEventListener('keyup', up); removeEventListener('blur', up); };
  }, []);
  return held;
}

/** The share of the file pane, moved by mouse or Alt+arrows, remembered. */
function useSplit(): { share: number; move: (step: number) => void; drag: (event: PointerEvent) => void } {
  const [share, set] = useState(Number(localStorage.getItem('split')) || 46);
  const put = (value: number): void => {
    const next = Math.min(60, Math.max(30, Math.round(value)));
    localStorage.setItem('split', String(next));
    set(next);
  };
  const drag = (event: PointerEvent): void => {
    const bar = event.currentTarget as HTMLElement;
    const box = bar.parentElement?.getBoundingClientRect();
    if (!box) return;
    bar.setPointerCapture(event.pointerId);
    bar.onpointermove = (e) => put((e.clientX - box.left) / box.width * 100);
    bar.onpointerup = () => { bar.onpointermove = null; };
  };
  return { share, move: (step) => put(share + step), drag };
}

export function RegisterIn({ letter: id, changed }: { letter: number; changed: () => void }): JSX.Element {
  const { value: letter, error: missing, again } = useLoad(() => (id ? loadLetter(id) : Promise.resolve(undefined as Letter | undefined)), [id]);
  const next = useLoad(() => get<NextNumber>('entries/next-number?direction=in'), []);
  const lists = useLists('in');
  const [draft, setDraft] = useState<Draft | null>(null);
  const [restored, setRestored] = useState(0);
  const [kept, setKept] = useState(0);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [error, setError] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState(0);
  const [current, setCurrent] = useState('');
  const [compares, setCompares] = useState(false);
  const [found, setFound] = useDuplicates(draft, id);
  const past = usePast(draft?.ids.issuer || lists.agencies.find((a) => a.name === draft?.text.issuer)?.id || 0);
  const order = useOrder(id);
  const hold = useHold(id || undefined);
  const online = useOnline();
  const digits = useDigits();
  const split = useSplit();
  const clock = useRef(new Clock());
  const form = useRef<HTMLFormElement>(null);
  const hand = useRef<PaperHand | null>(null);
  const files = filesOf(letter);
  const gone = useRef(false);
  const typed = useRef(false); // a restored draft is not a new one
  const taken = !!letter && (letter.entry > 0 || letter.state !== 'todo');
  useNews(['number'], next.again);
  useNews(['queue'], () => { if (letter && !taken && !busy) again(); }, 1000);
  useEffect(() => () => { clock.current.stop(); }, []);

  useEffect(() => {
    if (id && !letter) return;
    setDraft((old) => {
      if (old) return letter ? fillDraft(old, letter) : old;
      const had = loadDraft(id);
      if (had) setRestored(had.at);
      const start = had ?? blankDraft(id > 0);
      return letter ? fillDraft(start, letter) : start;
    });
  }, [letter]);
  useEffect(() => {
    // the same unit and leader as for most of this agency's documents
    if (!draft || !past.count) return;
    const unit = lists.units.find((u) => u.id === past.unit);
    const leader = lists.leaders.find((l) => l.id === past.submit);
    setDraft((old) => old && ({
      ...old, receivers: unit && !old.touched.includes('receivers') ? [{ id: unit.id, kind: 'unit', name: unit.name }] : old.receivers,
      text: leader && !old.touched.includes('submit') ? { ...old.text, submit: leader.name } : old.text,
    }));
  }, [past, lists.units, lists.leaders]);
  useKept(() => { if (typed.current && draft?.touched.length && !gone.current) setKept(keepDraft(id, draft)); }, draft);
  const ready = !!draft && (!id || !!letter);
  useLayoutEffect(() => {
    if (!ready || !draft) return;
    const first = fields.find((f) => asks(draft, letter, f.name));
    focus(first?.name ?? 'save');
  }, [ready]);
  useEffect(() => { if (order.next) fetchAhead(order.next); }, [order.next, ready]);

  const focus = (name: string): void => {
    const at = form.current?.querySelector<HTMLElement>(name === 'save' ? '.form-foot .primary' : `#f-${name}`);
    at?.focus();
    // from the end, so that the beginning stays in sight
    if (at instanceof HTMLInputElement && at.value) at.setSelectionRange(0, at.value.length, 'backward');
  };
  const change = (part: Partial<Draft>, name: string): void => {
    typed.current = true;
    setDraft((old) => old && ({ ...old, ...part, touched: old.touched.includes(name) ? old.touched : [...old.touched, name] }));
    setWrong((old) => { const { [name]: _, ...rest } = old; return rest; });
  };
  const set = (name: string, value: string, chosen = 0): void => {
    if (!draft) return;
    typed.current = true;
    setDraft((old) => old && ({ ...old, text: { ...old.text, [name]: value }, ids: { ...old.ids, [name]: chosen }, touched: old.touched.includes(name) ? old.touched : [...old.touched, name] }));
    setWrong((old) => { const { [name]: _, ...rest } = old; return rest; });
  };
  const nextOf = (name: string, back?: boolean): void => {
    const to = fieldAfter(form.current, name, back);
    if (to) focus(to.id.slice(2));
    else if (!back) focus('save');
  };
  const focused = (name: string): void => {
    setCurrent(name);
    setDraft((old) => (old && !old.seen.includes(name) ? { ...old, seen: [...old.seen, name] } : old));
    const read = letter && readOf(letter, name as 'issuer');
    const at = read?.file ? files.findIndex((f) => f.sha256 === read.file) : -1;
    if (at >= 0 && file < files.length) setFile(at);
  };
  const restore = (name: string): void => {
    const read = letter && readOf(letter, name as 'issuer');
    if (!read) return;
    typed.current = true;
    setDraft((old) => old && ({ ...old, text: { ...old.text, [name]: name === 'urgency' ? read.value : printRead(read) }, ids: { ...old.ids, [name]: read.id }, touched: old.touched.filter((t) => t !== name) }));
    focus(name);
  };
  const pick = (box: Box): void => {
    if (draft && draft.text[box.field] !== box.value && box.field !== 'urgency') restore(box.field);
    focus(box.field);
  };
  /* Tab stops only where a look is needed, else at the button. */
  const onTab = (event: KeyboardEvent): void => {
    if (event.code !== 'Tab' || event.shiftKey || event.ctrlKey || event.altKey || event.defaultPrevented || !draft || !letter?.proposals?.length) return;
    const name = (event.target as HTMLElement).id.replace(/^f-/, '');
    const at = fields.findIndex((f) => f.name === name);
    if (at < 0) return;
    event.preventDefault();
    focus(fields.slice(at + 1).find((f) => asks(draft, letter, f.name))?.name ?? 'save');
  };
  const byNumber = (n: number): void => {
    const field = fields.find((f) => f.number === n);
    if (!field) return;
    const text = String(getSelection() ?? '').replace(/\s+/g, ' ').trim();
    const inPaper = !!getSelection()?.anchorNode?.parentElement?.closest('.paper');
    if (text && inPaper && field.name !== 'receivers' && field.name !== 'urgency') {
      set(field.name, text);
      getSelection()?.removeAllRanges();
    }
    focus(field.name);
  };
  const leave = (to: string): void => {
    gone.current = true;
    dropDraft(id);
    changed();
    go(to);
  };
  const onward = async (): Promise<void> => {
    const to = id ? order.next || await findNext(id) : 0;
    leave(!id ? '/den/moi' : to ? `/den/moi?thu=${to}` : '/tiep-nhan');
  };
  /* Trình: to the leader named in the form. */
  const submit = (entry: Entry, to: number): Promise<boolean> => post(`entries/${entry.id}/submit`, { version: entry.version, to }).then(() => true, (e: Error) => { toast({ text: e.message }); return false; });
  const save = (routes: boolean): void => {
    if (!draft || busy || taken || !online) return;
    const look = fields.find((f) => markOf(draft, letter, f.name) === 'look' && !draft.seen.includes(f.name));
    if (look) { focus(look.name); return; }
    const problems = problemsOf(draft, lists);
    setWrong(problems);
    const first = fields.find((f) => problems[f.name]);
    if (first) { focus(first.name); return; }
    setBusy(true);
    setError(null);
    post<Entry>('entries', requestOf(draft, id, lists), { 'Idempotency-Key': draft.key }).then(async (entry) => {
      addPace(clock.current.stop());
      const back = (): void => void post(`entries/${entry.id}/undo`, { version: entry.version }).then(() => { changed(); go(id ? `/den/moi?thu=${id}` : '/den'); }, (e: Error) => toast({ text: e.message }));
      const route = (): void => go(`/vb/${entry.id}?but-phe`);
      const leader = routes ? lists.leaders.find((l) => l.name === draft.text.submit) : undefined;
      const submitted = !!leader && await submit(entry, leader.id);
      if (routes && !submitted) leave(`/vb/${entry.id}?but-phe`);
      else await onward();
      if (!id && (!routes || submitted)) { setDraft(blankDraft(false)); gone.current = false; clock.current = new Clock(); focus('issuer'); }
      const saved = say(`Đã lưu Số đến ${entry.number}${entry.suffix}`, `Saved as no. ${entry.number}${entry.suffix}`);
      if (submitted) toast({ text: `${saved} · ${say(`đã trình ${leader.name}`, `submitted to ${leader.name}`)}` });
      else toast({ text: saved, undo: back, more: { label: say('Chuyển', 'Route'), keys: 'r', press: route } });
    }, (e: Refusal) => {
      setError(e);
      if (e.details?.duplicates) setFound(e.details.duplicates);
      if (e.code === 'letter.registered') again();
      if (e.code === 'idempotency.reused') change({ key: crypto.randomUUID() }, '');
    }).finally(() => setBusy(false));
  };
  const attach = (d: Duplicate): void => {
    if (!id) return;
    post(`letters/${id}/decision`, { decision: 'attach', entry: d.entry, role: d.match === 'file' ? 'correspondence' : 'main', version: letter?.version ?? 0 }).then(async () => {
      const back = (): void => void post(`letters/${id}/decision`, { decision: 'reopen' }).then(() => { changed(); go(`/den/moi?thu=${id}`); }, (e: Error) => toast({ text: e.message }));
      await onward();
      toast({ text: say(`Đã gắn vào Số đến ${d.number}`, `Attached to no. ${d.number}`), undo: back });
    }, (e: Refusal) => setError(e));
  };
  const swap = (): void => { if (document.activeElement?.closest('.paper')) focus(current || 'issuer'); else hand.current?.focus(); };
  const back = id ? `/tiep-nhan/${id}` : '/den';
  useKeys({
    'Ctrl+Enter': () => save(false), 'Ctrl+S': () => save(false), 'F9': () => save(true), 'F6': swap,
    'F7': () => { if (order.before) go(`/den/moi?thu=${order.before}`); }, 'F8': () => { if (order.next) go(`/den/moi?thu=${order.next}`); },
    'F2': () => { if (found[0]) setCompares(true); }, 'Alt+L': () => { if (found[0]) attach(found[0]); },
    'Alt+ArrowLeft': () => split.move(-2), 'Alt+ArrowRight': () => split.move(2),
    ...Object.fromEntries(fields.filter((f) => f.number).map((f) => [`Alt+${f.number}`, () => byNumber(f.number)])),
    'Escape': () => { const at = document.activeElement; if (at && at !== document.body && !at.matches('h1')) (at as HTMLElement).blur(); else go(back); },
    'Space': () => hand.current?.scroll(1), 'Shift+Space': () => hand.current?.scroll(-1),
    'BracketLeft': () => setFile((n) => Math.max(0, n - 1)), 'BracketRight': () => setFile((n) => Math.min(files.length, n + 1)),
    'PageDown': () => hand.current?.turn(1), 'PageUp': () => hand.current?.turn(-1),
  });
  useBar({
    title: say('Đăng ký văn bản đến', 'Register incoming'), back, search: false,
    count: id ? (order.at >= 0 ? say(`${order.at + 1} / ${order.total} chờ lấy số`, `${order.at + 1} / ${order.total} awaiting a number`) : '') : say('văn bản giấy', 'paper'),
    aside: <span class="hints"><span><kbd>↵</kbd> {say('ô kế tiếp', 'next field')}</span>{id > 0 && <span><kbd>F6</kbd> {say('đổi khung', 'file or form')}</span>}<span><kbd>F4</kbd> {say('mở danh sách', 'open list')}</span><span><kbd>F1</kbd> {say('phím tắt', 'shortcuts')}</span></span>,
  });
  if (missing && !letter) return <main class="content" id="content"><Problem error={missing} again={again} /></main>;
  if (letter && isSecret(letter)) return <main class="content" id="content"><div class="notice bad" role="alert"><Icon name="lock" /><div><b>{say('Văn bản mật', 'Secret document')}</b><span>{secretText()}</span></div></div></main>;
  const shown = files[file];
  const handle: FormHand | null = draft && { draft, letter, lists, past, wrong, disabled: taken, current, set, change, next: nextOf, focused, restore };
  const pace = loadPace();
  const problems = fields.filter((f) => wrong[f.name]).length;
  const whole = found[0]?.match === 'file' && id > 0 && !draft?.reason.trim();
  return (
    <main class={`register ${id ? '' : 'alone'} ${digits ? 'digits' : ''}`} id="content" style={id ? { gridTemplateColumns: `minmax(0,${split.share}fr) 5px minmax(0,${100 - split.share}fr)` } : undefined}>
      {id > 0 && <section class="paper" aria-label={say('Tệp', 'File')}>
        {letter && <Paper part={shown} of={{ letter: id }} body={letter.body} boxes={boxesOf(letter, shown?.sha256, readFields, labels())} current={current} pick={pick} hand={hand}
          stamp={shown?.role === 'main' && me.session ? { organisation: me.session.organisation.name, number: next.value?.number, day: printDay(next.value?.day) } : undefined}
          left={<div class="segments" role="group" aria-label={say('Tệp của thư', 'Files of the letter')}>{files.slice(0, 4).map((f, i) => <button type="button" title={f.name ?? ''} aria-pressed={i === file} onClick={() => setFile(i)}>{f.note}</button>)}
            {files.length > 4 && <button type="button" aria-pressed={file >= 4 && file < files.length} onClick={() => setFile(file >= 4 && file < files.length - 1 ? file + 1 : 4)}>+{files.length - 4}</button>}
            <button type="button" aria-pressed={file >= files.length} onClick={() => setFile(files.length)}>{say('Nội dung thư', 'Letter')}</button></div>} />}
      </section>}
      {id > 0 && <div class="divider" role="separator" aria-orientation="vertical" aria-label={say('Đổi bề rộng khung tệp: Alt+← →', 'Width of the file: Alt+← →')} aria-valuenow={split.share} aria-valuemin={30} aria-valuemax={60} onPointerDown={split.drag} />}
      <form class="form" ref={form} onSubmit={(e) => { e.preventDefault(); save(false); }} onKeyDown={onTab} aria-label={say('Đăng ký văn bản đến', 'Register incoming')}>
        <div class="form-body">
          <Head next={next.value} />
          {hold.by && <div class="notice warn slim" role="status"><Icon name="users" /><div><b>{say(`${hold.by} đang xử lý thư này`, `${hold.by} is working on this letter`)}</b><Button label={say('Tôi xử lý', 'Take over')} kind="small" press={hold.take} /></div></div>}
          {taken && letter && <div class="notice warn" role="alert"><Icon name="warn" /><div><b>{letter.entry ? say(`${letter.decided_by ?? ''} vừa xử lý thư này`, `${letter.decided_by ?? ''} has just dealt with this letter`) : say('Thư này không còn trong hàng đợi', 'This letter is no longer in the queue')}</b>
            <div class="row">{letter.entry > 0 && <a class="button small" href={`/vb/${letter.entry}`}>{say('Mở văn bản', 'Open')}</a>}{order.next > 0 && <Button label={say('Thư sau', 'Next letter')} kind="small" keys="F8" press={() => go(`/den/moi?thu=${order.next}`)} />}</div></div></div>}
          {!taken && found.length > 0 && draft && <Warning found={found} reason={draft.reason} setReason={(reason) => change({ reason }, 'reason')} attach={attach} compare={() => setCompares(true)} canAttach={id > 0} />}
          {error && <div class="notice bad" role="alert"><Icon name="circle-alert" /><div><b>{say('Chưa lưu được văn bản', 'The document is not saved')}</b><span>{error.message} {say('Bản nháp vẫn ở máy này, số chưa được cấp.', 'The draft is kept here; no number was taken.')}</span>{(error.status === 0 || error.status >= 500) && <Button label={say('Thử lại', 'Try again')} icon="refresh-cw" kind="small" press={() => save(false)} />}</div></div>}
          {handle && <Fields hand={handle} />}
        </div>
        <div class="form-foot">
          {whole ? <Button label={say(`Gắn vào Số đến ${found[0].number}`, `Attach to no. ${found[0].number}`)} icon="link" kind="primary" keys="Alt+L" press={() => attach(found[0])} />
            : <button class="button primary" disabled={busy || taken || !online} aria-keyshortcuts="Control+Enter"><Icon name="stamp" />{!online ? say('Chờ có mạng', 'Waiting for the network') : busy ? say('Đang lấy số…', 'Taking a number…') : say('Lưu, lấy số', 'Save and take number')}<kbd>Ctrl ↵</kbd></button>}
          <button type="button" class="button" disabled={busy || taken || !online || whole} aria-keyshortcuts="F9" onClick={() => save(true)}><Icon name="route" />{say('Lưu và chuyển', 'Save and route')}<kbd>F9</kbd></button>
          {problems > 0 && <span class="wrong" role="status">{say(`${problems} ô cần sửa`, `${problems} to mend`)}</span>}
          <span class="grow" />
          {pace && <small class="pace tabular" title={say('Trung vị của bạn, trên máy này', 'Your median, on this computer')}>{say(`${pace.median} giây/văn bản · hôm nay ${pace.today}`, `${pace.median} s each · ${pace.today} today`)}</small>}
          <small class="kept">{!online ? say('Nháp ở máy này', 'Draft kept here') : kept ? <><Icon name="check" />{say('Đã lưu nháp', 'Draft kept')} {printClock(kept)}</> : restored ? say(`Khôi phục nháp lúc ${printClock(restored)}`, `Draft of ${printClock(restored)} restored`) : ''}</small>
          {id > 0 && <Button label={say('Thư sau', 'Next')} keys="F8" kind="quiet" disabled={!order.next} press={() => go(`/den/moi?thu=${order.next}`)} />}
        </div>
      </form>
      {compares && found[0] && draft && <Compare draft={draft} letter={id} file={shown} with={found[0]} close={() => setCompares(false)} />}
    </main>
  );
}
