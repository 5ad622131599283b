// The queue: loaded by and by, kept still under the cursor, in groups.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Counts, get, LetterItem } from '../../api';
import { addDays, addWorkdays, today } from '../../days';
import { useNews } from '../../live';
import { printDay, say } from '../../words';

interface Answer { items: LetterItem[]; next: number; counts: Counts }
export interface Group { title: string; late: '' | 'today' | 'past'; items: LetterItem[] }
export interface Queue { groups: Group[]; flat: LetterItem[]; counts?: Counts; fresh: number; error?: Error; at: number; again: () => void; reload: () => void; show: () => void; drop: (ids: number[]) => void }

const PAGE = 200;
const MOST = 2000;

export function dayIn(seconds: number): string { return new Date((seconds + 7 * 3600) * 1000).toISOString().slice(0, 10); }

function titleOf(day: string): string {
  const short = printDay(day).slice(0, 5).replace(/^0/, '').replace('/0', '/');
  if (day === today()) return say(`Hôm nay, ${short}`, `Today, ${short}`);
  if (day === addDays(today(), -1)) return say(`Hôm qua, ${short}`, `Yesterday, ${short}`);
  return say(`Ngày ${short}`, short);
}

const urgencyOf = (l: LetterItem): number => l.document?.urgency ?? 0;

/** Khẩn, hỏa tốc before all; then what must be registered today; then today. Done: by day. */
export function groupOf(items: LetterItem[], tab: string): Group[] {
  const groups: Group[] = [];
  const urgent = tab === 'todo' ? items.filter((l) => urgencyOf(l) > 0).sort((a, b) => urgencyOf(b) - urgencyOf(a)) : [];
  const rest = items.filter((l) => !urgent.includes(l));
  if (urgent.length) groups.push({ title: say('Khẩn', 'Urgent'), late: '', items: urgent });
  const days = [...new Set(rest.map((l) => dayIn(l.received_at)))];
  // late ones first: the law wants them out today
  if (tab === 'todo') days.sort((a, b) => Number(a === today()) - Number(b === today()));
  for (const day of days) {
    const last = addWorkdays(day, 1);
    const late = tab !== 'todo' || day === today() ? '' : last < today() ? 'past' : 'today';
    groups.push({ title: titleOf(day), late, items: rest.filter((l) => dayIn(l.received_at) === day) });
  }
  return groups;
}

/** New answers over old rows: what is gone goes, what is new waits. */
function merge(old: LetterItem[], answer: Answer, all: boolean): { items: LetterItem[]; waiting: LetterItem[] } {
  const now = new Map(answer.items.map((l) => [l.id, l]));
  const oldest = answer.next && answer.items.length ? answer.items[answer.items.length - 1].received_at : -Infinity;
  const items = old.filter((l) => now.has(l.id) || l.received_at < oldest).map((l) => now.get(l.id) ?? l);
  const waiting = answer.items.filter((l) => !old.some((o) => o.id === l.id));
  return all ? { items: [...items, ...waiting].sort((a, b) => b.received_at - a.received_at || b.id - a.id), waiting: [] } : { items, waiting };
}

export function useQueue(tab: string): Queue {
  const [items, setItems] = useState<LetterItem[] | null>(null);
  const [waiting, setWaiting] = useState<LetterItem[]>([]);
  const [counts, setCounts] = useState<Counts>();
  const [error, setError] = useState<Error>();
  const [at, setAt] = useState(0);
  const have = useRef<LetterItem[]>([]);
  have.current = items ?? [];
  const load = (all: boolean, after = 0): void => {
    get<Answer>(`intake?tab=${tab}&limit=${PAGE}${after ? `&after=${after}` : ''}`).then((answer) => {
      setError(undefined);
      setCounts(answer.counts);
      setAt(Date.now() / 1000);
      if (after) setItems((old) => [...(old ?? []), ...answer.items.filter((l) => !old?.some((o) => o.id === l.id))]);
      else {
        const merged = merge(have.current, answer, all || !have.current.length);
        setItems(merged.items);
        setWaiting(merged.waiting);
      }
      if (answer.next && (after || all) && have.current.length + PAGE < MOST) setTimeout(() => load(all, answer.next), 400);
    }, setError);
  };
  useEffect(() => { setItems(null); have.current = []; setWaiting([]); load(true); }, [tab]);
  useNews(['queue'], () => load(false), 1000);
  const groups = groupOf(items ?? [], tab);
  return {
    groups, flat: groups.flatMap((g) => g.items), counts, fresh: waiting.length, error, at,
    again: () => load(false),
    reload: () => load(true),
    show: () => { setItems((old) => [...waiting, ...(old ?? [])].sort((a, b) => b.received_at - a.received_at || b.id - a.id)); setWaiting([]); },
    drop: (ids) => setItems((old) => (old ?? []).filter((l) => !ids.includes(l.id))),
  };
}
