// The queue as the clerk walks it: where this letter stands, which comes next.
import { useEffect, useState } from 'preact/hooks';
import { get, Letter, LetterItem } from '../../api';
import { filesOf } from '../../letter';
import { useNews } from '../../live';
import { loadPages } from '../../parts/paper';
import { pageUrl } from '../../api';
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

export function useOrder(id: number): { at: number; total: number; next: number; before: number } {
  const [order, set] = useState(last);
  const load = (): void => {
    if (!id) return;
    get<{ items: LetterItem[]; counts: { todo: number } }>('intake?tab=todo&limit=200').then((a) => {
      last = { ids: groupOf(a.items, 'todo').flatMap((g) => g.items.map((l) => l.id)), total: a.counts.todo };
      set(last);
    }, () => undefined);
  };
  useEffect(load, [id]);
  useNews(['queue'], load);
  const at = order.ids.indexOf(id);
  const others = order.ids.filter((other) => other !== id);
  const next = order.ids[at + 1] ?? others[0] ?? 0;
  return { at, total: order.total, next: next === id ? 0 : next, before: at > 0 ? order.ids[at - 1] : 0 };
}
