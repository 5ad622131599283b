// The queue as the clerk walks it: where this letter stands, which comes next.
import { useEffect, useState } from 'preact/hooks';
import { get, Letter, LetterItem, pageUrl } from '../../api';
import { filesOf } from '../../letter';
import { useNews } from '../../live';
import { loadPages } from '../../parts/paper';
import { groupOf } from '../intake/queue';

interface Order { ids: number[]; total: number }
let last: Order = { ids: [], total: 0 };

const ahead = new Map<number, { at: number; letter: Promise<Letter> }>();

/** The letter, from ahead when it was asked for lately. */
export function loadLetter(id: number): Promise<Letter> {
  const had = ahead.get(id);
  ahead.delete(id);
  return had && Date.now() - had.at < 60000 ? had.letter : get<Letter>(`letters/${id}`);
}

/** Letter, pages and the first image, while the form before is filled. */
export function fetchAhead(id: number): void {
  if (!id || ahead.has(id)) return;
  const letter = get<Letter>(`letters/${id}`);
  ahead.set(id, { at: Date.now(), letter });
  letter.then((l) => {
    const file = filesOf(l)[0];
    if (!file || !file.attachment?.images) return;
    void loadPages(file.sha256, { letter: id }).catch(() => undefined);
    new Image().src = pageUrl(file.sha256, 1, { letter: id }, devicePixelRatio > 1.3);
  }, () => ahead.delete(id));
}

async function loadOrder(): Promise<Order> {
  const a = await get<{ items: LetterItem[]; counts: { todo: number } }>('intake?tab=todo&limit=100');
  last = { ids: groupOf(a.items, 'todo').flatMap((g) => g.items.map((l) => l.id)), total: a.counts.todo };
  return last;
}

function after(order: Order, id: number): number {
  const others = order.ids.filter((other) => other !== id);
  return order.ids.slice(order.ids.indexOf(id) + 1)[0] ?? others[0] ?? 0;
}

/** The letter after this one; asked for when it is not known yet. */
export async function findNext(id: number): Promise<number> {
  return after(last, id) || after(await loadOrder().catch(() => last), id);
}

export function useOrder(id: number): { at: number; total: number; next: number; before: number } {
  const [order, set] = useState(last);
  const load = (): void => { if (id) loadOrder().then(set, () => undefined); };
  useEffect(load, [id]);
  useNews(['queue'], load, 5000);
  const at = order.ids.indexOf(id);
  return { at, total: order.total, next: after(order, id), before: at > 0 ? order.ids[at - 1] : 0 };
}
