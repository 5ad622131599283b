// Tiếp nhận: one key decides on each letter (ui.md 6.3).
import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Counts, get, Letter, LetterItem, Link, NextNumber, post, Refusal } from '../../api';
import { useBar } from '../../bar';
import { useHold } from '../../hold';
import { useKeys } from '../../keys';
import { boxesOf, filesOf, isSecret, secretText, Shown, urgencyName } from '../../letter';
import { useNews } from '../../live';
import { Button, Empty, Icon, toast, useLoad } from '../../parts';
import { Paper, PaperHand } from '../../parts/paper';
import { go } from '../../route';
import { printClock, say } from '../../words';
import { Attach, Facts, Files, joinsOf, labels, linkName, Links, Proposed, quarantineReasons, Reason, Reply, returnReasons, shownFields, targetOf } from './panel';
import { Group, useQueue } from './queue';
import { Wait } from '../../parts/wait';

const tabs: [string, string, string][] = [['todo', 'Chờ xử lý', 'To do'], ['quarantine', 'Cách ly', 'Quarantine'], ['done', 'Xong hôm nay', 'Done']];

function senderOf(letter: LetterItem): string {
  return letter.document?.issuer || letter.sender_name || letter.sender_address || letter.mailbox_address;
}

function Chip({ letter }: { letter: LetterItem }): JSX.Element | null {
  const link = letter.link;
  if (link) {
    const number = `${link.direction === 'out' ? say('Số đi', 'out no.') : say('Số đến', 'no.')} ${link.number}${link.suffix}`;
    return <span class={`chip ${link.joins ? 'warn' : ''}`}><Icon name={link.joins ? 'copy' : 'link'} />{linkName(link.kind)} {link.joins ? number : link.symbol || number}</span>;
  }
  if (letter.state === 'todo' && letter.suggestion === 'attach') return <span class="chip warn"><Icon name="copy" />{say('Có thể đã có trong sổ', 'May be in the book already')}</span>;
  if (letter.flags.some((f) => /^signature\.(broken|changed)|^signature_/.test(f))) return <span class="chip bad"><Icon name="warn" />{say('Chữ ký số không hợp lệ', 'Signature not valid')}</span>;
  if (letter.state === 'todo' && letter.suggestion === 'not_document') return <span class="chip plain">{say('Có thể không phải văn bản', 'May not be a document')}</span>;
  if (letter.copies > 1) return <span class="chip"><Icon name="copy" />{say(`${letter.copies} hộp thư cùng nhận`, `Same mail in ${letter.copies} mailboxes`)}</span>;
  if (letter.flags.includes('ambiguous')) return <span class="chip warn"><Icon name="warn" />{say('Cấu trúc thư không rõ', 'Ambiguous structure')}</span>;
  return null;
}

function Said({ letter }: { letter: LetterItem }): JSX.Element {
  const read = letter.document;
  const busy = letter.reading.state === 'waiting' || letter.reading.state === 'reading';
  const urgency = read?.urgency ?? 0;
  if (read?.symbol || read?.subject) {
    return <>{urgency > 0 && <span class="chip stampy">{urgencyName(urgency)}</span>}<b>{read.symbol ?? say('Không đọc được số', 'No number read')}</b>{read.subject || letter.subject ? ` · ${read.subject ? read.subject.charAt(0).toUpperCase() + read.subject.slice(1) : `“${letter.subject}”`}` : ''}</>;
  }
  const subject = letter.subject ? `“${letter.subject}”` : letter.read ? say('(không có tiêu đề)', '(no subject)') : '';
  return <>{busy ? <b>{say('Đang đọc…', 'Being read…')}</b> : letter.files > 0 ? <b>{say('Không đọc được số', 'No number read')}</b> : null}{subject && ` ${busy || letter.files > 0 ? '· ' : ''}${subject}`}</>;
}

function Row({ letter, chosen, marked, open }: { letter: LetterItem; chosen: boolean; marked: boolean; open: () => void }): JSX.Element {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (chosen) ref.current?.scrollIntoView({ block: 'nearest' }); }, [chosen]);
  return (
    <li>
      <button type="button" ref={ref} class={`letter ${marked ? 'marked' : ''}`} aria-current={chosen ? 'true' : undefined} aria-pressed={marked || undefined} onClick={open}>
        <span class="line">{marked && <Icon name="check" />}<strong>{senderOf(letter)}</strong><span class="hint">{letter.files ? <span class="clips"><Icon name="clip" />{letter.files}</span> : null}{printClock(letter.received_at)}</span></span>
        <span class="summary"><Said letter={letter} /></span>
        <Chip letter={letter} />
      </button>
    </li>
  );
}

function Heading({ group }: { group: Group }): JSX.Element {
  const n = group.items.length;
  return (
    <h2 class="group">{group.title}
      {group.late === 'today' && <span class="late"><Icon name="clock" />{say(`đăng ký trong hôm nay · ${n}`, `register today · ${n}`)}</span>}
      {group.late === 'past' && <span class="late past"><Icon name="circle-alert" />{say(`quá hạn đăng ký · ${n}`, `overdue · ${n}`)}</span>}
      {!group.late && <span class="late plain">{n}</span>}</h2>
  );
}

function countsOf(counts: Counts | undefined, tab: string): string | number { return counts?.[tab as 'todo'] ?? ''; }

export function Intake({ letter: wanted, tab, changed }: { letter: number; tab: string; changed: () => void }): JSX.Element {
  const queue = useQueue(tab);
  const { flat } = queue;
  const at = Math.max(0, flat.findIndex((l) => l.id === wanted));
  const chosen = flat[at] as LetterItem | undefined;
  const { value, error, again } = useLoad(() => (chosen ? get<Letter>(`letters/${chosen.id}`) : Promise.resolve(undefined)), [chosen?.id, chosen?.version, chosen?.reading.state]);
  const letter = value && chosen && value.id === chosen.id ? value : undefined;
  const next = useLoad(() => get<NextNumber>('entries/next-number?direction=in'), []);
  useNews(['number'], next.again);
  const [file, setFile] = useState(0);
  const [panel, setPanel] = useState('');
  const [current, setCurrent] = useState('');
  const [marked, setMarked] = useState<number[]>([]);
  const hand = useRef<PaperHand | null>(null);
  const hold = useHold(tab === 'todo' ? chosen?.id : undefined);
  const files = filesOf(letter);
  const secret = letter ? isSecret(letter) : false;
  const place = (id: number): string => `/tiep-nhan/${id}${tab === 'todo' ? '' : `?tab=${tab}`}`;
  const open = (id: number): void => { setPanel(''); go(place(id), true); };
  const move = (step: number): void => { const to = flat[at + step]; if (to) open(to.id); };
  useEffect(() => { setFile(0); setCurrent(''); }, [chosen?.id]);
  useEffect(() => setMarked([]), [tab]);
  useEffect(() => {
    // the next letter is there when it is asked for
    const after = flat[at + 1];
    const timer = after ? setTimeout(() => void get(`letters/${after.id}`).catch(() => undefined), 600) : 0;
    return () => clearTimeout(timer);
  }, [chosen?.id]);

  const refresh = (): void => { queue.again(); changed(); };
  const decide = (decision: string, more: Record<string, unknown>, text: string): void => {
    const ids = marked.length ? marked : chosen ? [chosen.id] : [];
    const stays = flat.filter((l) => !ids.includes(l.id));
    const after = flat.slice(at).find((l) => !ids.includes(l.id)) ?? stays.at(-1);
    const version = (id: number): number => flat.find((l) => l.id === id)?.version ?? 0;
    Promise.all(ids.map((id) => post(`letters/${id}/decision`, { decision, version: version(id), ...more }))).then(() => {
      setPanel('');
      setMarked([]);
      queue.drop(ids);
      go(after ? place(after.id) : `/tiep-nhan${tab === 'todo' ? '' : `?tab=${tab}`}`, true);
      refresh();
      const back = (): void => void Promise.all(ids.map((id) => post(`letters/${id}/decision`, { decision: 'reopen' }))).then(() => { queue.reload(); changed(); go(`/tiep-nhan/${ids[0]}`); }, (e: Error) => toast({ text: e.message }));
      toast({ text: ids.length > 1 ? `${text} (${ids.length})` : text, undo: decision === 'reopen' ? undefined : back, seconds: decision === 'return' ? 30 : undefined });
    }, (e: Refusal) => { toast({ text: e.message }); refresh(); });
  };
  /* Accepting what joins takes the letter out of the queue. */
  const decideLink = (link: Link, decision: 'accept' | 'reject' | 'unlink'): void => {
    const leaves = decision === 'accept' && link.joins;
    const after = flat[at + 1] ?? flat[at - 1];
    const path = `letters/${link.letter}/links/${link.id}`;
    post(path, { decision }).then(() => {
      setPanel('');
      if (leaves) {
        queue.drop([link.letter]);
        go(after ? place(after.id) : '/tiep-nhan', true);
        toast({ text: say(`Đã gắn vào ${targetOf(link)}`, `Attached to ${targetOf(link)}`), undo: () => void post(path, { decision: 'unlink' }).then(() => { queue.reload(); changed(); go(`/tiep-nhan/${link.letter}`); }, (e: Error) => toast({ text: e.message })) });
      } else again();
      refresh();
    }, (e: Refusal) => { toast({ text: e.message }); refresh(); });
  };
  const register = (): void => { if (chosen && tab === 'todo' && !secret) go(`/den/moi?thu=${chosen.id}`); };
  const notDocument = (remember = false) => (): void => {
    if (tab !== 'todo') return;
    decide('not_document', remember ? { remember } : {}, remember ? say('Đã xếp, lần sau tự xếp vào đây', 'Filed; the next ones go there by themselves') : say('Đã xếp: không phải văn bản', 'Filed: not a document'));
  };
  const makeMain = (f?: Shown): void => {
    if (!letter || !f || f.role === 'main' || tab !== 'todo') return;
    post(`letters/${letter.id}/main`, { sha256: f.sha256 }).then(() => { setFile(0); again(); refresh(); toast({ text: say('Đã đổi văn bản chính', 'The document is changed') }); }, (e: Error) => toast({ text: e.message }));
  };
  const mark = (step: number): void => {
    if (!chosen) return;
    const add = (id: number): void => setMarked((old) => (old.includes(id) ? old : [...old, id]));
    if (!step) setMarked((old) => (old.includes(chosen.id) ? old.filter((id) => id !== chosen.id) : [...old, chosen.id]));
    else { add(chosen.id); const to = flat[at + step]; if (to) { add(to.id); open(to.id); } }
  };
  const ask = (name: string) => (): void => { if (tab === 'todo') setPanel(name); };
  useKeys({
    'J': () => move(1), 'K': () => move(-1), 'ArrowDown': () => move(1), 'ArrowUp': () => move(-1), 'Enter': register, 'O': register, 'E': register,
    'Home': () => move(-at), 'End': () => move(flat.length - 1 - at), 'PageDown': () => move(Math.min(8, flat.length - 1 - at)), 'PageUp': () => move(-Math.min(8, at)),
    'L': ask('attach'), 'T': ask('return'), 'Q': ask('quarantine'), 'N': () => go('/den/moi'), 'B': notDocument(), 'Shift+B': notDocument(true), 'M': () => makeMain(files[file]),
    'X': () => mark(0), 'Shift+J': () => mark(1), 'Shift+K': () => mark(-1), 'Ctrl+A': () => setMarked(flat.map((l) => l.id)),
    'Space': () => hand.current?.scroll(1), 'Shift+Space': () => hand.current?.scroll(-1), 'F6': () => hand.current?.focus(),
    'BracketLeft': () => setFile((n) => Math.max(0, n - 1)), 'BracketRight': () => setFile((n) => Math.min(files.length, n + 1)),
    ...(panel || marked.length ? { Escape: () => { if (panel) setPanel(''); else setMarked([]); } } : {}),
  });
  useBar({
    title: say('Tiếp nhận', 'Intake'), count: queue.counts ? say(`${queue.counts.todo} chờ xử lý`, `${queue.counts.todo} to do`) : '',
    aside: <>{queue.at > 0 && <span class="fresh"><Icon name="refresh-cw" />{say('Cập nhật', 'Updated')} {printClock(queue.at)}</span>}
      <a class="button" href="/den/moi" aria-keyshortcuts="n"><Icon name="plus" />{say('Đăng ký văn bản giấy', 'Register a paper document')}<kbd>n</kbd></a></>,
  });
  const boxes = boxesOf(letter, files[file]?.sha256, shownFields, labels());
  return (
    <main class="intake" id="content">
      <section class="queue" aria-label={say('Hàng đợi', 'Queue')}>
        <div class="tabs">{tabs.map(([name, vi, en]) => (
          <a href={name === 'todo' ? '/tiep-nhan' : `/tiep-nhan?tab=${name}`} aria-current={tab === name ? 'page' : undefined}>{say(vi, en)} <small>{countsOf(queue.counts, name)}</small></a>
        ))}</div>
        {queue.fresh > 0 && <button type="button" class="pill" aria-live="polite" onClick={queue.show}>{say(`${queue.fresh} thư mới`, `${queue.fresh} new`)}</button>}
        <div class="scroll" tabIndex={-1}>
          <Wait value={queue.at || undefined} error={queue.error} again={queue.again} />
          {queue.groups.map((group) => (
            <div><Heading group={group} /><ul>{group.items.map((l) => (
              <Row key={l.id} letter={l} chosen={l === chosen} marked={marked.includes(l.id)} open={() => open(l.id)} />
            ))}</ul></div>
          ))}
          {queue.at > 0 && !flat.length && <Empty>{tab === 'todo' ? say(`Đã xử lý hết hàng đợi. ${queue.counts?.done ?? 0} thư đã xong. Thư mới tự hiện ở đây.`, 'The queue is empty. New letters appear here.') : say('Chưa có thư nào.', 'Nothing here.')}</Empty>}
        </div>
      </section>
      <section class="paper" aria-label={say('Tệp', 'File')}>
        <Wait value={chosen ? value : null} error={error} again={again} />
        {letter && secret && <div class="notice bad secret" role="alert"><Icon name="lock" /><div><b>{say('Văn bản mật', 'Secret document')}</b><span>{secretText()}</span>{letter.reason && <small lang="vi">{letter.reason}</small>}</div></div>}
        {letter && !secret && letter.state === 'quarantine' && <div class={`notice secret ${/mã độc/.test(letter.reason ?? '') ? 'bad' : 'warn'}`}><Icon name="lock" /><div><b>{say('Thư đang cách ly: tệp không hiện ở đây.', 'In quarantine: files are not shown.')}</b><span lang="vi">{letter.reason}</span></div></div>}
        {letter && !secret && letter.state !== 'quarantine' && <Paper part={files[file]} of={{ letter: letter.id }} body={letter.body} boxes={boxes} current={current} hand={hand}
          left={<b class="file-name">{files[file]?.name ?? say('Nội dung thư', 'Letter text')}</b>} />}
      </section>
      <section class="decide" aria-label={say('Quyết định', 'Decision')}>
        {hold.by && <div class="sec"><div class="notice warn slim" role="status"><Icon name="users" /><div><b>{say(`${hold.by} đang xử lý`, `${hold.by} is working on it`)}</b><Button label={say('Tôi xử lý', 'Take over')} kind="small" press={hold.take} /></div></div></div>}
        {letter && tab === 'todo' && !panel && !secret && <Proposed letter={letter} look={(field) => { setFile(0); setCurrent(field); }} />}
        {letter && panel === 'attach' && <Attach letter={letter} accept={(link) => decideLink(link, 'accept')} done={(entry, role) => decide('attach', { entry: entry.id, role }, say(`Đã gắn vào ${entry.number}`, `Attached to ${entry.number}`))} />}
        {panel === 'return' && <Reason label={say('Vì sao trả lại?', 'Why is it returned?')} usual={returnReasons()} reply={(reason) => letter && <Reply letter={letter} reason={reason} />} confirm={say('Trả lại', 'Return')} done={(reason) => decide('return', { reason }, say('Đã ghi trả lại', 'Returned'))} />}
        {panel === 'quarantine' && <Reason label={say('Vì sao cách ly?', 'Why quarantine?')} usual={quarantineReasons()} confirm={say('Cách ly', 'Quarantine')} done={(reason) => decide('quarantine', { reason }, say('Đã cách ly', 'Quarantined'))} />}
        {letter && tab === 'todo' && (
          <section class="sec actions">
            {marked.length > 0 && <p class="hint">{say(`${marked.length} thư đang chọn`, `${marked.length} selected`)}</p>}
            {!secret && marked.length < 2 && <Button label={say(`Đăng ký mới, lấy Số đến ${next.value?.number ?? '…'}`, `Register, take no. ${next.value?.number ?? '…'}`)} icon="stamp" kind="primary wide" keys="e" press={register} />}
            <Button label={letter && joinsOf(letter)[0] && marked.length < 2 ? say(`Gắn vào ${targetOf(joinsOf(letter)[0])}…`, `Attach to ${targetOf(joinsOf(letter)[0])}…`) : say('Gắn vào văn bản đã có…', 'Attach to existing…')} icon="link" kind="wide" keys="l" press={ask('attach')} />
            <div class="row">
              {marked.length < 2 && <Button label={say('Trả lại', 'Return')} keys="t" press={ask('return')} />}
              <Button label={say('Không phải VB', 'Not a doc.')} keys="b" press={notDocument()} />
              <Button label={say('Cách ly', 'Quarantine')} keys="q" press={ask('quarantine')} />
            </div>
            {letter.suggestion?.action === 'not_document' && letter.sender_address && <><Button label={say('Không phải VB, lần sau tự xếp', 'Not a doc., remember')} kind="wide" keys="Shift+B" press={notDocument(true)} />
              <small>{say(`Thư không có văn bản từ ${letter.sender_address} sẽ tự vào Xong hôm nay.`, `Mail without a document from ${letter.sender_address} will be filed by itself.`)}</small></>}
          </section>
        )}
        {letter && letter.decision === 'return' && <section class="sec"><Reply letter={letter} reason={letter.reason ?? ''} /></section>}
        {letter && tab !== 'todo' && (
          <section class="sec actions">
            {letter.decision !== 'registered' && <Button label={say('Đưa lại hàng đợi', 'Back to the queue')} icon="refresh-cw" press={() => decide('reopen', {}, say('Đã đưa lại hàng đợi', 'Back in the queue'))} />}
            {letter.entry > 0 && <a class="button" href={`/vb/${letter.entry}`}>{say('Mở văn bản đã đăng ký', 'Open the document')}</a>}
          </section>
        )}
        {letter && !panel && !secret && <Links letter={letter} decide={decideLink} />}
        {letter && files.length > 0 && <Files files={files} at={file} choose={setFile} main={tab === 'todo' ? makeMain : undefined} />}
        {letter && <Facts letter={letter} />}
      </section>
    </main>
  );
}
