// The list that a document was opened from: j and k go on in it. Kept while
// one moves between it and its documents, forgotten elsewhere.
import { useEffect } from 'preact/hooks';
import { get } from './api';

export interface Results {
  back: string; /* the list's address */
  ids: number[];
  total: number; /* 0: as many as there are ids */
  path: string; /* what the list was asked with */
  next: string; /* what the path needs to go on; '': that was all */
}

let kept: Results | null = null;
const isDocument = (): boolean => location.pathname.startsWith('/vb/');

/** For a list: these are its documents, should one of them be opened. */
export function useResults(now: Omit<Results, 'back'>): void {
  useEffect(() => { if (!isDocument()) kept = { ...now, back: location.pathname + location.search }; });
  useEffect(() => () => { if (!isDocument()) kept = null; }, []);
}

interface Page { items?: { id: number }[]; hits?: { kind: string; id: number }[]; next: number | string | null; next_suffix?: string }

/** Entries of a page of search or of a book, and how the next is asked for. */
export function pageOf(page: Page): { ids: number[]; next: string } {
  const ids = page.items?.map((e) => e.id) ?? page.hits?.filter((h) => h.kind === 'entry').map((h) => h.id) ?? [];
  const suffix = page.items ? `&after_suffix=${encodeURIComponent(page.next_suffix ?? '')}` : '';
  return { ids, next: page.next ? `&after=${encodeURIComponent(String(page.next))}${suffix}` : '' };
}

export interface Place { at: number; total: number; back: string; to: (step: number) => Promise<number> }

/** Where a document is in the list that it was opened from. */
export function usePlaceIn(id: number): Place | null {
  useEffect(() => () => { if (!isDocument()) kept = null; }, []);
  const at = kept?.ids.indexOf(id) ?? -1;
  const list = kept;
  if (!list || at < 0) return null;
  const to = async (step: number): Promise<number> => {
    if (at + step >= list.ids.length && list.next) {
      const more = pageOf(await get<Page>(list.path + list.next));
      list.ids = [...list.ids, ...more.ids];
      list.next = more.next;
    }
    return list.ids[at + step] ?? 0;
  };
  return { at, total: Math.max(list.total, list.ids.length), back: list.back, to };
}
