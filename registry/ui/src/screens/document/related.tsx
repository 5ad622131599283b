// What belongs to a document: related ones, letters that joined it, what became of mail with it, and the rule that registered it.
import { JSX } from 'preact';
import { call, Entry, get, post } from '../../api';
import type { EntryLinks } from '../../api.generated';
import { Icon, toast, useLoad } from '../../parts';
import { relationName } from '../../parts/entry-tokens';
import { printMoment, say } from '../../words';

const states: Record<string, [string, string]> = {
  delivered: ['Đã đến máy chủ', 'Delivered'], read: ['Đã đọc', 'Read'], delayed: ['Chậm', 'Delayed'], failed: ['Không gửi được', 'Failed'],
  arrived: ['Đã đến', 'Arrived'], refused: ['Từ chối nhận', 'Refused'], accepted: ['Đã tiếp nhận', 'Accepted'], assigned: ['Đã phân công', 'Assigned'],
  working: ['Đang xử lý', 'In progress'], done: ['Hoàn thành', 'Done'], recalled: ['Đồng ý lấy lại', 'Recalled'], kept: ['Từ chối lấy lại', 'Kept'],
};
const stateName = (state: string): string => say(...(states[state] ?? [state, state]));

interface Props { entry: Entry; clerk: boolean; changed: () => void }

export function Related({ entry, clerk, changed }: Props): JSX.Element {
  const { value, again } = useLoad(() => get<EntryLinks>(`entries/${entry.id}/links`), [entry.id, entry.version]);
  const run = (step: Promise<unknown>, text: string): void => {
    void step.then(() => { toast({ text }); again(); changed(); }, (e: Error) => toast({ text: e.message }));
  };
  const unlink = (letter: number, link: number): void => run(post(`letters/${letter}/links/${link}`, { decision: 'unlink' }), say('Đã gỡ, thư trở lại hàng chờ', 'Unlinked, the letter waits again'));
  const joined = (value?.links ?? []).filter((l) => l.joins && (l.state === 'linked' || l.state === 'accepted'));
  return (
    <>
      {clerk && entry.direction === 'out' && entry.state === 'valid' && entry.status === 'issued' && <p class="row amend"><small>{say('Văn bản đã ban hành có sai sót:', 'Issued with a mistake:')}</small>
        <a class="button small" href={`/di/moi?dinhchinh=${entry.id}`} title={say('Sai thể thức, kỹ thuật trình bày, thủ tục', 'Form or procedure is wrong')}>{say('Đính chính', 'Correct')}</a>
        <a class="button small" href={`/di/moi?thaythe=${entry.id}`} title={say('Sai nội dung', 'Content is wrong')}>{say('Sửa đổi, thay thế', 'Replace')}</a>
        <a class="button small" href={`/di/moi?thuhoi=${entry.id}`}>{say('Thu hồi', 'Take back')}</a></p>}
      {value?.rule && <p class="row"><span class="chip">{say('Đăng ký theo quy tắc', 'Registered by a rule')}</span><small>{value.rule.sender} · {value.rule.proof}</small>
        {clerk && value.rule.may_undo && entry.state === 'valid' && <button type="button" class="link" onClick={() => run(post(`entries/${entry.id}/rule-undo`, {}), say('Đã hủy số, thư trở lại hàng chờ', 'Voided, the letter waits again'))}>{say('Hoàn tác trong ngày', 'Undo today')}</button>}</p>}
      {!!entry.relations?.length && <><h2>{say('Văn bản liên quan', 'Related documents')}</h2><ul class="lines">{entry.relations.map((r) => (
        <li><a href={`/vb/${r.entry}`}><span class="chip plain"><Icon name={r.reverse ? 'in' : 'out'} />{relationName(r.kind)}</span> <b>{r.symbol}</b> {r.subject}</a><small>{r.direction === 'in' ? say('Số đến', 'No.') : say('Số đi', 'Out no.')} {r.number}</small>
          {clerk && <button type="button" class="link" onClick={() => run(call('DELETE', `entries/${entry.id}/relations/${r.kind}/${r.entry}`), say('Đã gỡ liên kết', 'Unlinked'))}>{say('Gỡ', 'Unlink')}</button>}</li>))}</ul></>}
      {!!joined.length && <><h2>{say('Thư đã gắn', 'Letters attached')}</h2><ul class="lines">{joined.map((l) => (
        <li><a href={`/tiep-nhan/${l.letter}`}>{l.sentence}</a><small>{l.decided_by}, {printMoment(l.decided_at)}</small>
          {clerk && <button type="button" class="link" onClick={() => unlink(l.letter, l.id)}>{say('Gỡ', 'Unlink')}</button>}</li>))}</ul></>}
      {!!value?.deliveries.length && <><h2>{say('Tình trạng gửi', 'Delivery')}</h2><ul class="lines">{value.deliveries.map((d) => (
        <li><a href={`/tiep-nhan/${d.letter}`}><span class={`chip ${d.state === 'failed' || d.state === 'refused' ? 'warn' : 'plain'}`}>{stateName(d.state)}</span> {d.recipient} {d.words}</a><small>{printMoment(d.at)}</small></li>))}</ul></>}
    </>
  );
}
