// Seconds per registered document: this clerk's own, kept on this computer.
import { today } from './days';

interface Pace { day: string; count: number; seconds: number[] }

function read(): Pace {
  try {
    const kept = JSON.parse(localStorage.getItem('pace') ?? '') as Pace;
    return kept.day === today() ? kept : { ...kept, day: today(), count: 0 };
  } catch {
    return { day: today(), count: 0, seconds: [] };
  }
}

/** Counts while the page is looked at, from a letter's opening. */
export class Clock {
  private spent = 0;
  private since = performance.now();

  constructor() { document.addEventListener('visibilitychange', this.turn); }

  private turn = (): void => {
    if (document.hidden) this.spent += performance.now() - this.since;
    this.since = performance.now();
  };

  stop(): number {
    document.removeEventListener('visibilitychange', this.turn);
    return (this.spent + performance.now() - this.since) / 1000;
  }
}

export function addPace(seconds: number): void {
  const kept = read();
  kept.seconds = [...kept.seconds, Math.round(seconds * 10) / 10].slice(-100);
  kept.count++;
  localStorage.setItem('pace', JSON.stringify(kept));
}

/** Median of the last hundred, how many today. */
export function loadPace(): { median: number; today: number } | null {
  const { seconds, count } = read();
  if (!seconds.length) return null;
  const sorted = [...seconds].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { median: Math.round(median), today: count };
}
