// The right panel of intake: what is proposed, the decision, the facts.
import { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { get, Hit, Letter, Link, me } from '../../api';
import { useKeys } from '../../keys';
import { FieldName, printRead, readOf, Shown, signatureOf, sourceOf } from '../../letter';
import { Button, Empty, Icon, toast, useLoad } from '../../parts';
import { printMoment, printSize, say } from '../../words';

export const labels = (): Record<string, string> => ({
  issuer: say('Cơ quan', 'Issuer'), symbol: say('Số, ký hiệu', 'Symbol'), document_day: say('Ngày', 'Date'), type: say('Loại', 'Type'),
  subject: say('Trích yếu', 'Summary'), urgency: say('Độ khẩn', 'Urgency'), signer_name: say('Người ký', 'Signatory'), due_day: say('Hạn', 'Reply by'),
});
export const shownFields: readonly FieldName[] = ['issuer', 'symbol', 'document_day', 'type', 'subject', 'urgency', 'signer_name', 'due_day'];
const needed: readonly FieldName[] = ['issuer', 'symbol', 'document_day', 'subject'];

function headline(letter: Letter): string {
  if (letter.reading.state === 'waiting' || letter.reading.state === 'reading') return say('Đang đọc thư…', 'Reading the letter…');
  const action = letter.suggestion?.action ?? 'register';
  if (action === 'attach') return say('Đề xuất: gắn vào văn bản đã có', 'Suggestion: attach to existing');
  if (action === 'not_document') return say('Đề xuất: không phải văn bản', 'Suggestion: not a document');
  return say('Đề xuất: đăng ký mới', 'Suggestion: register');
}

export function Proposed({ letter, look }: { letter: Letter; look: (field: string) => void }): JSX.Element {
  const names = labels();
  const lines = shownFields.map((field) => ({ field, read: readOf(letter, field) })).filter(({ field, read }) => read || needed.includes(field));
  return (
    <section class="sec">
      <h2>{headline(letter)}</h2>
      {letter.suggestion?.sentence && <p class="hint" lang="vi">{letter.suggestion.sentence}</p>}
      {letter.reading.state === 'recognising' && <p class="hint">{say('Đang nhận dạng ảnh quét, các ô sẽ tự điền thêm.', 'Recognising a scan; more will be filled in.')}</p>}
      <dl class="read">{lines.map(({ field, read }) => (
        <div onClick={() => look(field)} title={read ? `${sourceOf(read)}: “${read.seen}”` : undefined}>
          <dt>{names[field]}</dt>
          <dd class={read ? '' : 'hint'}><span>{read ? printRead(read) : say('Không đọc được', 'Could not read')}</span>
            {read && <span class={`mark ${read.sure ? 'sure' : 'look'}`}><Icon name={read.sure ? 'check' : 'warn'} />
              <span class="sr">{read.sure ? say(`đọc chắc chắn, ${sourceOf(read)}`, `sure, ${sourceOf(read)}`) : say(`cần xem lại, ${sourceOf(read)}`, `check this, ${sourceOf(read)}`)}</span></span>}</dd>
        </div>
      ))}</dl>
    </section>
  );
}

const linkNames: Record<Link['kind'], [string, string]> = {
  duplicate: ['Có thể trùng', 'May duplicate'], twin: ['Bản khác của', 'Another copy of'], correction: ['Bản đính chính của', 'Corrects'], annex: ['Phụ lục của', 'Annex to'],
  forward: ['Chuyển tiếp', 'Forwards'], receipt: ['Báo nhận', 'Receipt for'], bounce: ['Báo lỗi gửi', 'Bounce of'], sent: ['Thư đã gửi', 'Our mail with'], thread: ['Trao đổi về', 'About'],
  reply: ['Trả lời', 'Replies to'], basis: ['Căn cứ', 'Based on'], replaces: ['Thay thế', 'Replaces'],
};

export function linkName(kind: string): string { return say(...(linkNames[kind as Link['kind']] ?? linkNames.thread)); }

export function targetOf(link: Link): string {
  const side = link.direction === 'out' ? say('Số đi', 'out no.') : say('Số đến', 'no.');
  return link.entry ? `${side} ${link.number}${link.suffix}` : say('thư khác đang chờ', 'another letter that waits');
}

const isOpen = (link: Link): boolean => link.state === 'proposed' || link.state === 'linked' || link.state === 'accepted';
/** Where the letter may belong, best first. */
export function joinsOf(letter: Letter): Link[] { return (letter.links ?? []).filter((l) => l.joins && l.state === 'proposed' && l.entry > 0); }

/** What the letter has to do with the books, each with its reason. */
export function Links({ letter, decide }: { letter: Letter; decide: (link: Link, decision: 'accept' | 'reject' | 'unlink') => void }): JSX.Element | null {
  const links = (letter.links ?? []).filter(isOpen).slice(0, 5);
  if (!links.length) return null;
  return (
    <section class="sec">
      <h3>{say('Liên quan', 'Related')}</h3>
      <ul class="links">{links.map((l) => (
        <li>
          <p><b>{l.kind === 'duplicate' && l.state !== 'proposed' ? say('Trùng', 'Same as') : say(...linkNames[l.kind])}</b> <a href={l.entry ? `/vb/${l.entry}` : `/tiep-nhan/${l.other_letter}`}>{targetOf(l)}{l.symbol && ` · ${l.symbol}`}</a></p>
          {l.subject && <p>{l.subject}</p>}
          <p class="hint" lang="vi">{l.sentence}</p>
          <div class="row">
            {l.state === 'proposed' && l.joins && l.entry > 0 && letter.state === 'todo' && <button type="button" class="button small" onClick={() => decide(l, 'accept')}>{say('Gắn vào', 'Attach')}</button>}
            {l.state === 'proposed' && <button type="button" class="link" onClick={() => decide(l, 'reject')}>{say('Không phải', 'No')}</button>}
            {l.state !== 'proposed' && <button type="button" class="link" onClick={() => decide(l, 'unlink')}>{say('Gỡ liên kết', 'Unlink')}</button>}
          </div>
        </li>
      ))}</ul>
    </section>
  );
}

interface Target { id: number; number: string; title: string; note: string; link?: Link }

export function Attach({ letter, done, accept }: { letter: Letter; done: (entry: { id: number; number: string }, role: string) => void; accept: (link: Link) => void }): JSX.Element {
  const best = readOf(letter, 'symbol')?.value ?? letter.subject ?? '';
  const [text, set] = useState(best);
  const [role, setRole] = useState('correspondence');
  const [at, setAt] = useState(0);
  const { value } = useLoad(() => get<{ hits: Hit[] }>(`search?kind=entry&limit=8&q=${encodeURIComponent(text)}`), [text]);
  const found: Target[] = [
    ...(text === best ? joinsOf(letter).map((l) => ({ id: l.entry, number: targetOf(l), title: `${l.symbol} · ${l.subject}`, note: l.sentence, link: l })) : []),
    ...(value?.hits ?? []).filter((h) => !h.void).map((h) => ({ id: h.id, number: h.number?.text ?? '', title: `${h.symbol?.text ?? ''} · ${h.subject?.text ?? ''}`, note: '' })),
  ].filter((one, i, all) => all.findIndex((other) => other.id === one.id) === i);
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => ref.current?.select(), []);
  const take = (target?: Target): void => {
    if (target?.link) accept(target.link);
    else if (target) done(target, role);
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0;
    if (step) { event.preventDefault(); setAt((n) => Math.min(Math.max(0, n + step), found.length - 1)); }
    if (event.code === 'Enter') { event.preventDefault(); take(found[at]); }
  };
  const roles: [string, string, string][] = [['correspondence', 'thư trao đổi', 'correspondence'], ['main', 'bản chính', 'document'], ['annex', 'phụ lục', 'annex'], ['replacement', 'bản thay thế', 'replacement']];
  return (
    <section class="sec attach">
      <label class="field"><span>{say('Gắn vào văn bản nào?', 'Attach to which document?')}</span>
        <input ref={ref} value={text} onInput={(e) => { set(e.currentTarget.value); setAt(0); }} onKeyDown={press} /></label>
      {!found[at]?.link && <label class="field"><span>{say('Gắn như', 'Attach as')}</span>
        <select value={role} onChange={(e) => setRole(e.currentTarget.value)}>{roles.map(([v, vi, en]) => <option value={v}>{say(vi, en)}</option>)}</select></label>}
      <ul>{found.map((one, i) => (
        <li><button type="button" class="choice" aria-pressed={i === at} onClick={() => take(one)}><span><b class="number">{one.number}</b> {one.title}{one.note && <small lang="vi">{one.note}</small>}</span></button></li>
      ))}</ul>
      {value && !found.length && <Empty>{say('Không tìm thấy văn bản nào.', 'No document found.')}</Empty>}
    </section>
  );
}

/** What the sender may be told, in Vietnamese whoever reads the screen. */
function replyTo(letter: Letter, reason: string): string {
  const symbol = readOf(letter, 'symbol')?.value;
  return [
    `Kính gửi: ${letter.sender_name || letter.sender_address || 'Quý cơ quan'}`,
    '',
    `${me.session?.organisation.name ?? ''} đã nhận thư “${letter.subject ?? ''}” lúc ${printMoment(letter.received_at)}${symbol ? `, kèm văn bản số ${symbol}` : ''}.`,
    `Chúng tôi trả lại thư này vì: ${reason.trim() || '…'}`,
    'Đề nghị Quý cơ quan kiểm tra và gửi lại cho đúng quy định.',
    '',
    'Trân trọng.',
  ].join('\n');
}

/** The reply, to be copied: nothing is sent from here. */
export function Reply({ letter, reason }: { letter: Letter; reason: string }): JSX.Element {
  const ref = useRef<HTMLTextAreaElement>(null);
  const text = replyTo(letter, reason);
  const copy = (): void => {
    // without TLS there is no clipboard: the text is marked, Ctrl+C takes it
    if (!navigator.clipboard) { ref.current?.select(); return; }
    navigator.clipboard.writeText(text).then(() => toast({ text: say('Đã chép thư trả lời', 'The reply is copied') }), () => ref.current?.select());
  };
  return (
    <label class="field"><span>{say('Thư trả lời soạn sẵn', 'Prepared reply')}</span><textarea ref={ref} class="reply" lang="vi" rows={9} readOnly value={text} />
      <Button label={say('Chép', 'Copy')} icon="copy" kind="small" press={copy} /></label>
  );
}

/** A reason, with the usual ones a click away. */
export function Reason({ label, usual, confirm, done, reply }: { label: string; usual: string[]; confirm: string; done: (reason: string) => void; reply?: (reason: string) => ComponentChildren }): JSX.Element {
  const ref = useRef<HTMLTextAreaElement>(null);
  const [text, set] = useState('');
  const short = text.trim().length < 10;
  useLayoutEffect(() => ref.current?.focus(), []);
  useKeys({ 'Ctrl+Enter': () => { if (!short) done(text.trim()); } });
  return (
    <section class="sec attach">
      <label class="field"><span>{label}</span><textarea ref={ref} rows={3} value={text} onInput={(e) => set(e.currentTarget.value)} /></label>
      <div class="row">{usual.map((u) => <button type="button" class="chip plain" onClick={() => { set(u); ref.current?.focus(); }}>{u}</button>)}</div>
      <div class="row"><Button label={confirm} kind="primary" keys="Ctrl+Enter" disabled={short} press={() => done(text.trim())} />
        {short && <small>{say('Ít nhất 10 ký tự', '10 characters or more')}</small>}</div>
      {reply?.(text)}
    </section>
  );
}

export const returnReasons = (): string[] => [say('Gửi nhầm cơ quan nhận', 'Sent to the wrong agency'), say('Tệp hỏng hoặc thiếu trang', 'File damaged or pages missing'), say('Chữ ký số không hợp lệ', 'Digital signature not valid')];
export const quarantineReasons = (): string[] => [say('Nghi có mã độc', 'Suspected malware'), say('Nghi thư giả mạo', 'Suspected forgery'), say('Văn bản có độ mật', 'Secret document')];

function stateOf(file: Shown): string {
  const a = file.attachment;
  if (!a) return printSize(file.bytes);
  if (a.not_read) return say('chưa đọc được', 'not read');
  if (a.state === 'recognising') return say('đang nhận dạng', 'recognising');
  if (a.state === 'waiting' || a.state === 'reading') return say('đang đọc', 'being read');
  return `${a.total_pages ? say(`${a.total_pages} tr · `, `${a.total_pages} p · `) : ''}${printSize(file.bytes)}`;
}

export function Files({ files, at, choose, main }: { files: Shown[]; at: number; choose: (n: number) => void; main?: (file: Shown) => void }): JSX.Element {
  return (
    <section class="sec">
      <h3>{say('Tệp đính kèm', 'Files')}</h3>
      <ul class="files">{files.map((f, i) => (
        <li><button type="button" class="choice" aria-pressed={i === at} title={f.note} onClick={() => choose(i)}><Icon name={f.role === 'main' ? 'file-check-2' : 'file-text'} /><span>{f.name ?? f.note}</span><small>{stateOf(f)}</small></button>
          {main && i === at && f.role !== 'main' && f.role !== 'package' && <button type="button" class="link" aria-keyshortcuts="m" onClick={() => main(f)}>{say('Lấy làm văn bản chính', 'Make it the document')} <kbd>m</kbd></button>}</li>
      ))}</ul>
    </section>
  );
}

export function Facts({ letter }: { letter: Letter }): JSX.Element {
  const signature = signatureOf(letter);
  return (
    <section class="sec last">
      <h3>{say('Thư gốc', 'Letter')}</h3>
      <dl class="facts small">
        <dt>{say('Từ', 'From')}</dt><dd>{letter.sender_address ?? letter.sender_name}</dd>
        <dt>{say('Tiêu đề', 'Subject')}</dt><dd>{letter.subject}</dd>
        <dt>{say('Vào hộp thư', 'Into')}</dt><dd>{(letter.mailboxes ?? []).map((m) => <div>{m.address}</div>)}</dd>
        <dt>{say('Nhận lúc', 'Received')}</dt><dd>{printMoment(letter.received_at)}</dd>
        {signature && <><dt>{say('Chữ ký số', 'Signature')}</dt><dd class={signature.good ? 'good' : 'bad'}><Icon name={signature.good ? 'sig' : 'warn'} /> {signature.text}</dd></>}
        {letter.reason && <><dt>{say('Lý do', 'Reason')}</dt><dd>{letter.reason}</dd></>}
        {letter.decided_by && <><dt>{say('Người xử lý', 'By')}</dt><dd>{letter.decided_by === 'registry' ? say('Hệ thống', 'The system') : letter.decided_by}</dd></>}
        <dt>{say('Bản gốc', 'Original')}</dt><dd><a href={`/api/v1/letters/${letter.id}/raw`} download>{say('Tải thư gốc', 'Download the letter')} ({printSize(letter.bytes)})</a></dd>
      </dl>
    </section>
  );
}
