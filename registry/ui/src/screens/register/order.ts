// The letters that wait for a number, as the service orders them: where this
// one stands, which comes next.
import { useEffect, useState } from 'preact/hooks';
import { get, Letter, pageUrl, Walk } from '../../api';
import { filesOf } from '../../letter';
import { useNews } from '../../live';
import { loadPages } from '../../parts/paper';

let last: number[] = [];

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

async function loadOrder(): Promise<number[]> {
  last = (await get<Walk>('intake/walk')).letters;
  return last;
}

function after(ids: number[], id: number): number {
  return ids[ids.indexOf(id) + 1] ?? ids.find((other) => other !== id) ?? 0;
}

/** The letter after this one; asked for when it is not known yet. */
export async function findNext(id: number): Promise<number> {
  return after(last, id) || after(await loadOrder().catch(() => last), id);
}

export function useOrder(id: number): { at: number; total: number; next: number; before: number } {
  const [ids, set] = useState(last);
  const load = (): void => { if (id) loadOrder().then(set, () => undefined); };
  useEffect(load, [id]);
  useNews(['queue'], load, 5000);
  const at = ids.indexOf(id);
  return { at, total: ids.length, next: after(ids, id), before: at > 0 ? ids[at - 1] : 0 };
}
