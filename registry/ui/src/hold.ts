// The soft lock of a letter: who has it open, and taking it over.
import { useEffect, useState } from 'preact/hooks';
import { ask, post, Refusal } from './api';

interface Answer { by: string | null }
const RENEW = 60000;

/** Holds the letter while it is open here; tells when somebody else has it. */
export function useHold(letter: number | undefined): { by: string; take: () => void } {
  const [by, set] = useState('');
  useEffect(() => {
    set('');
    if (!letter) return undefined;
    let live = true;
    const hold = (): void => {
      ask<Answer>(`letters/${letter}/hold`, {}).then((a) => { if (live) set(a.by ?? ''); }, (e: Refusal) => { if (e.status === 404 || e.status === 405) clearInterval(timer); });
    };
    const first = setTimeout(hold, 400);
    const timer = window.setInterval(hold, RENEW);
    return () => { live = false; clearTimeout(first); clearInterval(timer); };
  }, [letter]);
  return { by, take: () => { if (letter) void post<Answer>(`letters/${letter}/hold`, { take: true }).then(() => set(''), () => undefined); } };
}
