// Every field of the form (ui.md 6.4), with its mark and its way to the next.
import { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Letter } from '../../api';
import { FieldName, printRead, readOf, sourceOf, urgencyChoices } from '../../letter';
import { Lists, Past } from '../../lists';
import { Icon } from '../../parts';
import { Choose, Tokens } from '../../parts/choose';
import { DayField } from '../../parts/day-field';
import { EntryTokens } from '../../parts/entry-tokens';
import { channelChoices, onEnter, paperIn, Select, Value } from '../../parts/form';
import { say } from '../../words';
import { Draft, fields, isNeeded, Mark, markOf } from './draft';

export interface FormHand {
  draft: Draft; letter?: Letter; lists: Lists; past: Past; wrong: Record<string, string>; disabled: boolean; current: string;
  set: (name: string, value: string, id?: number) => void;
  change: (part: Partial<Draft>, name: string) => void;
  next: (name: string, back?: boolean) => void;
  focused: (name: string) => void;
  restore: (name: string) => void;
}

function MarkOf({ mark, hand, name, wide }: { mark: Mark; hand: FormHand; name: string; wide: string }): JSX.Element | null {
  const read = hand.letter && readOf(hand.letter, name as FieldName);
  if (!mark && read && hand.draft.touched.includes(name) && hand.draft.text[name] !== (name === 'urgency' ? read.value : printRead(read))) {
    return <button type="button" class="link again" tabIndex={-1} onClick={() => hand.restore(name)}>{wide === 'w3' ? say('Dùng lại', 'Use read') : say('Dùng lại giá trị đọc được', 'Use what was read')}</button>;
  }
  if (mark === 'sure' && read?.source === 'edxml') return <span class="mark" title={say('Theo gói tin của nơi gửi', 'As the sender states it')}><Icon name="lock" />{say('Nơi gửi', 'Sender')}</span>;
  if (mark === 'sure' && read) {
    return <span class="mark sure" title={`${say('Đọc chắc chắn', 'Sure')}: ${sourceOf(read)}`}><Icon name={read.source === 'signature' ? 'sig' : 'check'} />{read.source === 'signature' && say('Chữ ký số', 'Signature')}<span class="sr">{say('đọc chắc chắn', 'sure')}, {sourceOf(read)}</span></span>;
  }
  if (mark === 'look') return <span class="mark look" title={read ? `${sourceOf(read)}: “${read.seen}”` : say('Từ tiêu đề thư', 'From the subject')}><Icon name="warn" />{wide === 'w3' && fields.some((f) => f.name === name && f.required) ? say('Xem lại', 'Check') : say('Cần xem lại', 'Check this')}</span>;
  if (mark === 'none' && hand.letter?.reading.state !== 'waiting') return <span class="mark" title={say('Không đọc được', 'Could not read')}>{wide === 'w3' ? say('Chưa đọc', 'Not read') : say('Không đọc được', 'Could not read')}</span>;
  return null;
}

/** Where a doubtful value comes from, and what other sources say. */
function Origin({ hand, name, wide }: { hand: FormHand; name: string; wide: string }): JSX.Element | null {
  const read = hand.letter && readOf(hand.letter, name as FieldName);
  if (!read) return null;
  const others = read.alternatives.filter((a) => a.value !== read.value).slice(0, 2);
  return (
    <small class="origin">{(wide !== 'w3' || !others.length) && <span>{say('Đọc từ', 'Read from')} “{read.seen}”</span>}
      {others.map((a) => <button type="button" class="chip" tabIndex={-1} onMouseDown={(e) => { e.preventDefault(); hand.set(name, printRead({ ...read, value: a.value })); }}>{printRead({ ...read, value: a.value })}</button>)}</small>
  );
}

function Wrap({ hand, name, label, wide, children, aside }: { hand: FormHand; name: string; label: string; wide: string; children: ComponentChildren; aside?: ComponentChildren }): JSX.Element {
  const field = fields.find((f) => f.name === name);
  const mark = markOf(hand.draft, hand.letter, name);
  const wrong = hand.wrong[name];
  return (
    <div class={`field ${wide} ${mark === 'look' ? 'looks' : ''}`}>
      <label for={`f-${name}`}>{field?.number ? <i class="digit" aria-hidden="true">{field.number}</i> : null}<span>{label}{isNeeded(hand.draft, name) && <b class="must" aria-hidden="true"> *</b>}</span>{aside}{!(aside && mark === 'none') && <MarkOf mark={mark} hand={hand} name={name} wide={wide} />}</label>
      {children}
      {mark === 'look' && hand.current === name && <Origin hand={hand} name={name} wide={wide} />}
      {wrong && <small class="wrong" id={`w-${name}`}><Icon name="circle-alert" />{wrong}</small>}
    </div>
  );
}

export function Fields({ hand }: { hand: FormHand }): JSX.Element {
  const { draft, lists, wrong } = hand;
  const [more, setMore] = useState(false);
  const common = (name: string): { id: string; invalid: boolean; describedBy: string | undefined; disabled: boolean; required: boolean; focused: () => void; next: (back?: boolean) => void } => ({
    id: `f-${name}`, invalid: !!wrong[name], describedBy: wrong[name] ? `w-${name}` : undefined, disabled: hand.disabled, required: isNeeded(draft, name),
    focused: () => hand.focused(name), next: (back) => hand.next(name, back),
  });
  const enter = (name: string): ((event: KeyboardEvent) => void) => onEnter((back) => hand.next(name, back));
  const text = (name: string, label: string, wide: string, extra: JSX.InputHTMLAttributes<HTMLInputElement> = {}, aside?: ComponentChildren): JSX.Element => (
    <Wrap hand={hand} name={name} label={label} wide={wide} aside={aside}>
      <input id={`f-${name}`} value={draft.text[name] ?? ''} autocomplete="off" disabled={hand.disabled} aria-required={isNeeded(draft, name)} aria-invalid={!!wrong[name]} aria-describedby={wrong[name] ? `w-${name}` : undefined}
        onInput={(e) => hand.set(name, e.currentTarget.value)} onFocus={() => hand.focused(name)} onKeyDown={enter(name)} {...extra} /></Wrap>
  );
  const list = (name: string, label: string, wide: string, values: Value[]): JSX.Element => (
    <Wrap hand={hand} name={name} label={label} wide={wide}>
      <Select id={`f-${name}`} text={draft.text[name] ?? ''} values={values} disabled={hand.disabled} set={(value) => hand.set(name, value)} focused={() => hand.focused(name)} next={(back) => hand.next(name, back)} /></Wrap>
  );
  const subject = draft.text.subject ?? '';
  const book = lists.books.find((b) => b.direction === 'in' && b.open);
  const names = { receivers: say('Đơn vị hoặc người nhận', 'Receiving unit or person'), related: say('Văn bản liên quan', 'Related documents') };
  return (
    <>
      <div class="grid">
        <Wrap hand={hand} name="issuer" label={say('Cơ quan ban hành', 'Issuing agency')} wide="w6">
          <Choose {...common('issuer')} label={say('Cơ quan ban hành', 'Issuing agency')} text={draft.text.issuer ?? ''} choices={lists.agencies} set={(value, id) => hand.set('issuer', value, id)} placeholder={say('Chọn hoặc nhập mới', 'Choose or type')} /></Wrap>
        {text('symbol', say('Số, ký hiệu', 'Symbol'), 'w3', { disabled: hand.disabled || draft.noSymbol, onBlur: (e) => { const v = e.currentTarget.value.replace(/\s+/g, '').toUpperCase(); if (v !== e.currentTarget.value) hand.set('symbol', v); } },
          draft.noSymbol || !draft.text.symbol ? <label class="tiny"><input type="checkbox" tabIndex={-1} checked={draft.noSymbol} disabled={hand.disabled} onChange={() => hand.change({ noSymbol: !draft.noSymbol }, 'symbol')} />{say('Không số', 'No number')}</label> : null)}
        <Wrap hand={hand} name="document_day" label={say('Ngày văn bản', 'Document date')} wide="w3"><DayField {...common('document_day')} nearest="past" text={draft.text.document_day ?? ''} set={(v) => hand.set('document_day', v)} /></Wrap>
        <Wrap hand={hand} name="subject" label={say('Trích yếu nội dung', 'Summary')} wide="w12">
          <textarea id="f-subject" rows={Math.min(5, Math.max(2, Math.ceil(subject.length / 92)))} aria-required="true" aria-invalid={!!wrong.subject} aria-describedby={wrong.subject ? 'w-subject' : undefined} disabled={hand.disabled} value={subject} onInput={(e) => hand.set('subject', e.currentTarget.value)} onFocus={() => hand.focused('subject')} onKeyDown={enter('subject')} />
          {subject.length > 500 && <small class="hint">{subject.length} {say('ký tự; khi trao đổi chỉ chở được 500', 'characters; exchange carries 500')}</small>}</Wrap>
        <Wrap hand={hand} name="type" label={say('Loại văn bản', 'Type')} wide="w3"><Choose {...common('type')} label={say('Loại văn bản', 'Type')} text={draft.text.type ?? ''} choices={lists.types} set={(value, id) => hand.set('type', value, id)} /></Wrap>
        {list('urgency', say('Độ khẩn', 'Urgency'), 'w3', urgencyChoices)}
        <Wrap hand={hand} name="signer_name" label={say('Người ký', 'Signatory')} wide="w3"><Choose {...common('signer_name')} label={say('Người ký', 'Signatory')} text={draft.text.signer_name ?? ''} choices={hand.past.signers} set={(value) => { hand.set('signer_name', value); const known = hand.past.signers.find((s) => s.name === value); if (known?.note) hand.set('signer_position', known.note); }} /></Wrap>
        {text('pages', say('Số trang', 'Pages'), 'w3', { inputMode: 'numeric' })}
        <h2 class="w12 rule">{say('Chuyển xử lý', 'Routing')}</h2>
        <Wrap hand={hand} name="receivers" label={names.receivers} wide="w6" aside={hand.past.unit > 0 && !draft.touched.includes('receivers') && draft.receivers.length > 0 ? <small class="mark">{say(`Gợi ý từ ${hand.past.count} văn bản tương tự`, `From ${hand.past.count} similar documents`)}</small> : null}>
          <Tokens {...common('receivers')} label={names.receivers} tokens={draft.receivers} choices={[...lists.units, ...lists.people]} add addLabel={say('Thêm nơi nhận', 'Add')} set={(receivers) => hand.change({ receivers }, 'receivers')} placeholder={say('Thêm đơn vị, người…', 'Add a unit, a person…')} /></Wrap>
        <Wrap hand={hand} name="submit" label={say('Trình', 'Submit to')} wide="w3"><Choose {...common('submit')} label={say('Trình', 'Submit to')} text={draft.text.submit ?? ''} choices={lists.leaders} set={(value, id) => hand.set('submit', value, id)} /></Wrap>
        <Wrap hand={hand} name="due_day" label={say('Hạn trả lời', 'Reply by')} wide="w3"><DayField {...common('due_day')} nearest="future" text={draft.text.due_day ?? ''} set={(v) => hand.set('due_day', v)} /></Wrap>
        {text('note', say('Ghi chú', 'Note'), 'w6', { placeholder: say('Không bắt buộc', 'Optional') })}
        <Wrap hand={hand} name="related" label={names.related} wide="w6"><EntryTokens {...common('related')} label={names.related} tokens={draft.related} set={(related) => hand.change({ related }, 'related')} /></Wrap>
      </div>
      <details class="more" open={more} onToggle={(e) => setMore(e.currentTarget.open)}><summary>{say('Thêm: hình thức nhận, số bản, hồ sơ', 'More: channel, copies, dossier')}</summary>
        {more && <div class="grid">
          {list('channel', say('Hình thức nhận', 'Channel'), 'w3', channelChoices)}
          {text('copies', say('Số bản', 'Copies'), 'w3', { inputMode: 'numeric' })}
          {list('paper', say('Bản giấy', 'Paper'), 'w3', paperIn)}
          {text('dossier_notation', say('Số và ký hiệu hồ sơ', 'Dossier'), 'w3')}
          {text('identifier', say('Mã định danh văn bản', 'Document identifier'), 'w3')}
          {text('signer_position', say('Chức vụ người ký', 'Position'), 'w3')}
          {text('field', say('Lĩnh vực', 'Field'), 'w3')}
          {book?.allows_suffix && <div class="w3 pairs">{text('suffix_of', say('Số phụ của', 'Suffix to'), '', { inputMode: 'numeric', placeholder: '61' })}{text('suffix', say('Số phụ', 'Suffix'), '', { placeholder: 'a', maxLength: 1 })}</div>}
        </div>}</details>
    </>
  );
}
