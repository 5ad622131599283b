// Vietnamese is the source; the key is its own English.
export type Language = 'vi' | 'en';

export function language(): Language {
  return document.documentElement.lang === 'en' ? 'en' : 'vi';
}

export function setLanguage(next: Language): void {
  localStorage.setItem('language', next);
  location.reload();
}

/** One sentence in the person's language. */
export function say(vi: string, en: string): string {
  return language() === 'en' ? en : vi;
}

const day = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' });
const clock = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit', hour12: false });

export function printMoment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return `${clock.format(date)}, ${day.format(date)}`;
}
export function printClock(seconds: number): string {
  return clock.format(new Date(seconds * 1000));
}
export function printDay(iso: string | null | undefined): string {
  if (!iso) return '';
  const [year, month, date] = iso.split('-');
  return `${date}/${month}/${year}`;
}
export function dayOf(seconds: number): string {
  return day.format(new Date(seconds * 1000));
}
export function printSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1048576) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1048576).toFixed(1).replace('.', ',')} MB`;
}

/** 22/6, 226, 2206, 22062026, 22-6-26, hn, hq, and ISO; '' when it is none. */
export function parseDay(text: string): string {
  const typed = text.trim().toLowerCase();
  const now = new Date(Date.now() + 7 * 3600e3);
  const iso = (y: number, m: number, d: number): string => {
    const date = new Date(Date.UTC(y, m - 1, d));
    return date.getUTCMonth() === m - 1 && date.getUTCDate() === d ? date.toISOString().slice(0, 10) : '';
  };
  if (typed === 'hn') return now.toISOString().slice(0, 10);
  if (typed === 'hq') return new Date(+now - 86400e3).toISOString().slice(0, 10);
  if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) return iso(+typed.slice(0, 4), +typed.slice(5, 7), +typed.slice(8));
  const split = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(typed)
    ?? /^(\d{2})(\d{2})(\d{4})?$/.exec(typed) ?? /^(\d{2})(\d)()$/.exec(typed);
  if (!split) return '';
  let year = split[3] ? +split[3] : now.getUTCFullYear();
  if (year < 100) year += 2000;
  const guess = iso(year, +split[2], +split[1]);
  // without a year: the nearest day that has passed
  if (!split[3] && guess > now.toISOString().slice(0, 10)) return iso(year - 1, +split[2], +split[1]);
  return guess;
}
