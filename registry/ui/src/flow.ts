// How a document is handled: what the service says, and what people do.
import { useMemo } from 'preact/hooks';
import { Assignment, Flow } from './api.generated';
import { post } from './api';
import { Choice, fold } from './parts/choose';
import { Item } from './lists';
import { addWorkdays, today, weekday } from './days';
import { printDay, say } from './words';

export type { Assignment, Dashboard, Extension, Figure, Flow, Instruction, Template, WorkCounts, WorkItem } from './api.generated';
export type Role = Assignment['role'];
/** A unit or a person with the part it has. */
export interface Assignee { kind: string; id: number; name: string; role: Role; group?: string }

export function roleName(role: string): string {
  return role === 'lead' ? say('Chủ trì', 'Leads') : role === 'support' ? say('Phối hợp', 'Supports') : say('Để biết', 'Informed');
}

export function statusName(status: string): string {
  const names: Record<string, string> = {
    registered: say('Chờ trình', 'To submit'), submitted: say('Chờ bút phê', 'Awaiting instruction'), routed: say('Đã chuyển', 'Routed'), working: say('Đang xử lý', 'In progress'),
    done: say('Hoàn thành', 'Done'), information: say('Để biết', 'For information'), paused: say('Tạm dừng', 'Paused'), issued: say('Đã ban hành', 'Issued'), recalled: say('Đã thu hồi', 'Recalled'),
  };
  return names[status] ?? status;
}

/** "hôm nay", "26/06/2026, còn 2 ngày", "quá 3 ngày". */
export function dueWords(day: string | null, left: number | null): string {
  if (!day) return '';
  if (left === null) return printDay(day);
  if (left < 0) return say(`quá ${-left} ngày`, `${-left} days late`);
  if (day === today()) return say('hôm nay', 'today');
  return `${printDay(day)}, ${say(`còn ${left} ngày`, `${left} days left`)}`;
}

/** One step of the flow; a lost race comes back as its sentence. */
export function step(entry: number, verb: string, flow: { version: number }, body: object = {}): Promise<Flow> {
  return post<Flow>(`entries/${entry}/${verb}`, { version: flow.version, ...body });
}

export function useReceivers(units: Item[], people: Choice[]): Choice[] {
  return useMemo(() => {
    const single: Choice[] = units.map((u) => ({ id: u.id, name: u.name, note: u.short_name || u.code, icon: 'unit', kind: 'unit' }));
    return [...single, ...groupsOf(single), ...people];
  }, [units, people]);
}

/* What units of one sort are called, the longer name first. */
const sorts = ['Chi cục', 'Trung tâm', 'Ban quản lý', 'Văn phòng', 'Phòng', 'Ban', 'Hạt', 'Trạm', 'Đội'];

/** Units of one sort as one choice: "Các chi cục". */
function groupsOf(units: Choice[]): Choice[] {
  const sortOf = (unit: Choice): string | undefined => sorts.find((sort) => fold(unit.name).startsWith(`${fold(sort)} `));
  return sorts.map((sort, i) => ({ sort, i, members: units.filter((u) => sortOf(u) === sort) }))
    .filter(({ members }) => members.length > 1)
    .map(({ sort, i, members }) => ({ id: -1 - i, name: `${say('Các', 'Every')} ${sort.toLowerCase()}`, note: say(`${members.length} đơn vị`, `${members.length} units`), icon: 'users', kind: 'group', members }));
}

interface Found { at: number; end: number; unit: Item }

function namesOf(unit: Item): string[] {
  return [unit.name, unit.short_name ?? '', unit.code ?? ''].map((n) => fold(n).trim()).filter((n) => n.length > 1);
}

function findUnits(text: string, units: Item[]): Found[] {
  const found: Found[] = [];
  for (const unit of units) {
    for (const name of namesOf(unit)) {
      const at = text.search(new RegExp(`(^|[^\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u'));
      if (at >= 0) { found.push({ at, end: at + name.length + 1, unit }); break; }
    }
  }
  // the longest name at a place is meant: "Chi cục Thủy lợi", not "Thủy lợi"
  return found.filter((f) => !found.some((g) => g !== f && g.at <= f.at && g.end >= f.end && g.end - g.at > f.end - f.at)).sort((a, b) => a.at - b.at);
}

/** Who is meant by "Giao Phòng KHTC chủ trì, phối hợp TCCB, Văn phòng". */
export function recognise(instruction: string, units: Item[]): Assignee[] {
  const text = fold(instruction);
  const found = findUnits(text, units);
  const leads = (f: Found, next: number): boolean => /^[\s,]*(la )?chu tri/.test(text.slice(f.end, next));
  return found.map((f, i) => {
    const before = text.slice(0, f.at + 1);
    const last = (word: string): number => before.lastIndexOf(word);
    const next = found[i + 1]?.at ?? text.length;
    const support = Math.max(last('phoi hop'), last('cung '));
    const inform = Math.max(last('de biet'), last('gui '), last('theo doi'));
    const give = Math.max(last('giao'), last('chuyen'), last('chu tri'));
    const role: Role = leads(f, next) ? 'lead' : inform > support && inform > give ? 'inform' : support > give || i > 0 ? 'support' : 'lead';
    return { kind: 'unit', id: f.unit.id, name: f.unit.name, role };
  });
}

/** "trước ngày 29/6" in an instruction; '' when no day is said. */
export function recogniseDay(instruction: string): string {
  const text = fold(instruction);
  if (/hom nay/.test(text)) return today();
  const said = /(?:truoc|den|han)\s+(?:ngay\s+)?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?/.exec(text);
  if (!said) return '';
  const year = said[3] ?? today().slice(0, 4);
  const iso = `${year}-${said[2].padStart(2, '0')}-${said[1].padStart(2, '0')}`;
  return Number.isNaN(Date.parse(iso)) ? '' : iso;
}

/** Today, the next Friday, the next Monday: what leaders say most. */
export function usualDays(): { day: string; label: string }[] {
  const now = today();
  const next = (weekdayWanted: number): string => {
    for (let n = 1; n <= 7; n++) {
      const day = new Date(Date.parse(now) + n * 86400e3).toISOString().slice(0, 10);
      if (weekday(day) === weekdayWanted) return day;
    }
    return now;
  };
  const short = (iso: string): string => `${+iso.slice(8)}/${+iso.slice(5, 7)}`;
  return [
    { day: now, label: say('Hôm nay', 'Today') },
    { day: next(5), label: `${say('T6', 'Fri')} ${short(next(5))}` },
    { day: next(1), label: `${say('T2', 'Mon')} ${short(next(1))}` },
    { day: addWorkdays(now, 5), label: say('5 ngày', '5 days') },
  ];
}
