// Lịch sử: everything that happened, by day, opens folded, what comes next last.
import { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Entry } from '../../api';
import { Flow } from '../../flow';
import { useLists } from '../../lists';
import { Icon } from '../../parts';
import { dayOf, printClock, printDay, say } from '../../words';
import { EntryField, entryFields, printValue, sayValue } from './fields';

type Event = NonNullable<Entry['timeline']>[number];

function wordsOf(kind: string): [icon: string, words: string] {
  const all: Record<string, [string, string]> = {
    mail: ['mails', say('Thư đến', 'Mail received')], registered: ['stamp', say('Đăng ký', 'Registered')], attached: ['clip', say('Gắn thư, tệp', 'Attached')], detached: ['clip', say('Gỡ thư, tệp', 'Detached')],
    edited: ['file-text', say('Sửa thông tin', 'Entry edited')], related: ['link', say('Liên kết', 'Linked')], unrelated: ['link', say('Bỏ liên kết', 'Unlinked')], opened: ['eye', say('Đã mở', 'Opened')],
    'entry.rule': ['stamp', say('Đăng ký theo quy tắc', 'Registered by a rule')],
    void: ['ban', say('Ghi hủy số', 'Number voided')], undone: ['refresh-cw', say('Hoàn tác', 'Undone')], submitted: ['route', say('Trình', 'Submitted')], instruction: ['route', say('Bút phê', 'Instruction')],
    routed: ['route', say('Chuyển xử lý', 'Routed')], assigned: ['users', say('Giao thực hiện', 'Assigned')], started: ['clock', say('Bắt đầu xử lý', 'Started')], comment: ['file-text', say('Ý kiến', 'Comment')],
    draft: ['file-text', say('Tải dự thảo', 'Draft uploaded')], reminder: ['clock', say('Nhắc hạn', 'Reminder')], extension_asked: ['hourglass', say('Xin gia hạn', 'Extension asked')],
    extended: ['hourglass', say('Gia hạn', 'Extended')], extension_refused: ['hourglass', say('Không gia hạn', 'Extension refused')], returned: ['chevron-left', say('Chuyển lại văn thư', 'Returned to the clerk')],
    instruction_recalled: ['refresh-cw', say('Rút bút phê', 'Instruction taken back')], recalled: ['ban', say('Nơi gửi thu hồi', 'Recalled by the issuer')], paused: ['clock', say('Tạm dừng', 'Paused')], resumed: ['clock', say('Xử lý tiếp', 'Resumed')],
    answered: ['out', say('Cấp số trả lời', 'Reply issued')], part_done: ['check', say('Xong phần việc', 'Part done')], closed: ['check', say('Hoàn thành', 'Completed')], reopened: ['refresh-cw', say('Mở lại', 'Reopened')],
    handover: ['users', say('Bàn giao', 'Handed over')], 'entry.print': ['file-text', say('In', 'Printed')],
  };
  return all[kind] ?? ['circle-dashed', kind];
}

/** What the detail says that a person wants to read. */
function detailOf(event: Event): string {
  const d = (event.detail ?? {}) as Record<string, unknown>;
  const text = (...names: string[]): string => names.map((n) => d[n]).filter((v): v is string => typeof v === 'string' && v !== '').map((v) => (/^\d{4}-\d\d-\d\d$/.test(v) ? printDay(v) : v)).join(' · ');
  return text('to', 'name', 'names', 'text', 'sender', 'mailbox', 'symbol', 'reason', 'note', 'result', 'due_day');
}

/** Sửa trích yếu: cũ → mới. */
function Edited({ entry, detail }: { entry: Entry; detail: Record<string, unknown> }): JSX.Element {
  const lists = useLists(entry.direction);
  const lines = entryFields('in').filter((f) => detail[f.name]).map((f) => ({ f, ...(detail[f.name] as { old: unknown; new: unknown }) }));
  const print = (f: EntryField, value: unknown): string => sayValue(f, printValue(f, value, lists, String(value))) || '—';
  return <>{lines.map((line) => <small>{line.f.label}: <s>{print(line.f, line.old)}</s> → {print(line.f, line.new)}</small>)}</>;
}

/** Neighbouring opens become one line. */
function fold(events: Event[]): Event[][] {
  const out: Event[][] = [];
  for (const one of events) {
    const last = out.at(-1);
    if (one.kind === 'opened' && last?.[0].kind === 'opened' && dayOf(last[0].at) === dayOf(one.at)) last.push(one);
    else out.push([one]);
  }
  return out;
}

function Line({ entry, events }: { entry: Entry; events: Event[] }): JSX.Element {
  const [open, set] = useState(false);
  const [first] = events;
  const [icon, words] = wordsOf(first.kind);
  const detail = first.kind === 'edited' ? '' : detailOf(first);
  return (
    <li class={first.kind === 'registered' || first.kind === 'void' ? 'stampy' : first.kind === 'instruction' ? 'strong' : ''}>
      <span class="dot"><Icon name={icon} /></span>
      <div><b>{events.length > 1 ? say(`${events.length} người đã mở`, `Opened by ${events.length}`) : words}</b> {events.length === 1 && <span>{first.actor}</span>}
        {detail && <small>{detail}</small>}{first.kind === 'edited' && <Edited entry={entry} detail={(first.detail ?? {}) as Record<string, unknown>} />}
        {events.length > 1 && (open ? events.map((e) => <small>{e.actor}, {printClock(e.at)}</small>) : <button type="button" class="link" onClick={() => set(true)}>{say('Xem ai đã mở', 'Show who')}</button>)}</div>
      <time>{printClock(first.at)}</time>
    </li>
  );
}

function Next({ flow }: { flow: Flow }): JSX.Element | null {
  const lead = flow.assignments.find((a) => a.role === 'lead' && (a.state === 'sent' || a.state === 'working'));
  const steps: string[] = [];
  if (flow.status === 'registered') steps.push(say('Trình lãnh đạo', 'Submit to a leader'));
  if (flow.status === 'submitted') steps.push(`${say('Bút phê của', 'Instruction by')} ${flow.submitted_to_name ?? ''}`);
  if (lead) steps.push(`${lead.name}: ${say('giải quyết', 'handles it')}${lead.due_day ? `, ${say('hạn', 'due')} ${printDay(lead.due_day)}` : ''}`);
  if (!steps.length) return null;
  return <><h3>{say('Tiếp theo', 'Next')}</h3><ol class="next">{steps.map((s) => <li><span class="dot"><Icon name="circle-dashed" /></span><div>{s}</div></li>)}</ol></>;
}

export function Timeline({ entry, flow }: { entry: Entry; flow?: Flow }): JSX.Element {
  const days = new Map<string, Event[]>();
  for (const e of entry.timeline ?? []) days.set(dayOf(e.at), [...(days.get(dayOf(e.at)) ?? []), e]);
  return (
    <aside class="scroll history" aria-label={say('Lịch sử', 'History')} tabIndex={0}>
      <header><h2>{say('Lịch sử', 'History')}</h2>
        {entry.direction === 'in' && <a class="link" href={`/api/v1/entries/${entry.id}/slip`} download>{say('Phiếu giải quyết (PDF)', 'Handling slip (PDF)')}</a>}</header>
      {[...days].map(([day, events]) => <><h3>{day}</h3><ol>{fold(events).map((e) => <Line entry={entry} events={e} />)}</ol></>)}
      {flow && <Next flow={flow} />}
    </aside>
  );
}
