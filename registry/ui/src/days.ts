// Days as people type them (ui.md 7.2); everything is a day in Vietnam.
import { say } from './words';

export type Nearest = 'past' | 'future';

export function today(): string {
  return new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
}

function isoOf(year: number, month: number, day: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : '';
}

export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(iso) + days * 86400e3).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday. */
export function weekday(iso: string): number { return new Date(iso).getUTCDay(); }

/* Days off and swapped days, as the agency's calendar has them. */
const known = new Map<string, boolean>();

/** Without an answer Monday to Friday are working days. */
export function setCalendar(days: { day: string | null; kind: string }[]): void {
  days.forEach((d) => { if (d.day) known.set(d.day, d.kind === 'work'); });
}

export function isWorkday(iso: string): boolean { return known.get(iso) ?? weekday(iso) % 6 !== 0; }

export function addWorkdays(iso: string, days: number): string {
  let at = iso;
  for (let left = days; left > 0; left -= isWorkday(at) ? 1 : 0) at = addDays(at, 1);
  return at;
}

function parseShort(typed: string): string | null {
  const now = today();
  if (/^(hn|t)$/.test(typed)) return now;
  if (typed === 'hq') return addDays(now, -1);
  const plus = /^\+(\d{1,3})$/.exec(typed);
  if (plus) return addWorkdays(now, +plus[1]);
  const next = /^t([2-7])$/.exec(typed) ?? (typed === 'cn' ? ['', '1'] : null);
  return next ? addDays(now, ((+next[1] - 1 - weekday(now) + 6) % 7) + 1) : null;
}

function split(typed: string): RegExpExecArray | null {
  return /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(typed)
    ?? /^(\d{2})(\d{2})(\d{4})?$/.exec(typed) ?? /^(\d{2})(\d)()$/.exec(typed);
}

/** 22/6, 226, 2206, 22062026, 22-6-26, hn, hq, t, +3, t6, and ISO; '' when it is none. */
export function parseDay(text: string, nearest: Nearest = 'past'): string {
  const typed = text.trim().toLowerCase();
  const short = parseShort(typed);
  if (short) return short;
  if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) return isoOf(+typed.slice(0, 4), +typed.slice(5, 7), +typed.slice(8));
  const parts = split(typed);
  if (!parts) return '';
  let year = parts[3] ? +parts[3] : +today().slice(0, 4);
  if (year < 100) year += 2000;
  const guess = isoOf(year, +parts[2], +parts[1]);
  if (parts[3] || !guess) return guess;
  if (nearest === 'past' && guess > today()) return isoOf(year - 1, +parts[2], +parts[1]);
  if (nearest === 'future' && guess < today()) return isoOf(year + 1, +parts[2], +parts[1]);
  return guess;
}

/** Says how to mend what is no day; '' when it is one. */
export function dayProblem(text: string, nearest: Nearest = 'past'): string {
  if (!text.trim() || parseDay(text, nearest)) return '';
  const how = say('Nhập dạng 22/6 hoặc 22062026.', 'Type 22/6 or 22062026.');
  const parts = split(text.trim());
  const month = parts ? +parts[2] : 0;
  if (!parts || month < 1 || month > 12 || +parts[1] < 1) return `${say('Chưa đọc được ngày.', 'That is no date.')} ${how}`;
  const last = new Date(Date.UTC(parts[3] ? +parts[3] % 100 + 2000 : +today().slice(0, 4), month, 0)).getUTCDate();
  return `${say(`Tháng ${month} chỉ có ${last} ngày.`, `Month ${month} has ${last} days only.`)} ${how}`;
}
