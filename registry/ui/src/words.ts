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
