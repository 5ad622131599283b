// Lists that forms choose from; asked anew when a minute old.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Entry, get } from './api';
import { Choice } from './parts/choose';

export interface Item { id: number; name: string; short_name?: string; code?: string; abbreviation?: string; uses?: number; roles?: string[]; position?: string; direction?: string; allows_suffix?: boolean; open?: boolean; unit?: number }
type Name = 'agencies' | 'types' | 'units' | 'users' | 'books';

const kept: Partial<Record<Name, { at: number; items: Item[] }>> = {};

async function load(name: Name): Promise<Item[]> {
  const had = kept[name];
  if (had && Date.now() - had.at < 60000) return had.items;
  const { items } = await get<{ items: Item[] }>(`lists/${name}`);
  kept[name] = { at: Date.now(), items };
  return items;
}

export function useList(name: Name): Item[] {
  const [items, set] = useState<Item[]>(kept[name]?.items ?? []);
  useEffect(() => { load(name).then(set, () => undefined); }, [name]);
  return items;
}

export interface Lists { agencies: Choice[]; types: Choice[]; units: Choice[]; people: Choice[]; leaders: Choice[]; books: Item[]; rawTypes: Item[]; rawUnits: Item[] }

export function useLists(direction: 'in' | 'out'): Lists {
  const agencies = useList('agencies');
  const types = useList('types');
  const units = useList('units');
  const users = useList('users');
  const books = useList('books');
  return useMemo(() => {
    const person = (u: Item): Choice => ({ id: u.id, name: u.name, note: u.position, icon: 'user', kind: 'user' });
    return {
      agencies: agencies.map((a) => ({ id: a.id, name: a.name, note: a.short_name, uses: a.uses, icon: 'unit', kind: 'agency' })),
      types: types.filter((t) => t.direction === 'both' || t.direction === direction).map((t) => ({ id: t.id, name: t.name, note: t.abbreviation })),
      units: units.map((u) => ({ id: u.id, name: u.name, note: u.code, icon: 'unit', kind: 'unit' })),
      people: users.map(person), leaders: users.filter((u) => u.roles?.includes('leader')).map(person), books, rawTypes: types, rawUnits: units,
    };
  }, [agencies, types, units, users, books]);
}

/** What went before: who signs for this agency, who gets its documents. */
export interface Past { signers: Choice[]; unit: number; submit: number; count: number }
const none: Past = { signers: [], unit: 0, submit: 0, count: 0 };

function most(values: number[], of: number): number {
  const counts = new Map<number, number>();
  for (const v of values) if (v) counts.set(v, (counts.get(v) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && of >= 3 && best[1] * 2 > of ? best[0] : 0;
}

export function usePast(agency: number): Past {
  const [past, set] = useState<Past>(none);
  useEffect(() => {
    if (!agency) { set(none); return undefined; }
    let live = true;
    get<{ items: Entry[] }>(`entries?direction=in&agency=${agency}&limit=50`).then(({ items }) => {
      if (!live) return;
      const valid = items.filter((e) => e.state === 'valid');
      const names = new Map<string, number>();
      for (const e of valid) if (e.fields.signer_name) names.set(e.fields.signer_name, (names.get(e.fields.signer_name) ?? 0) + 1);
      const signers = [...names].map(([name, uses], i) => ({ id: i + 1, name, uses, note: valid.find((e) => e.fields.signer_name === name)?.fields.signer_position }));
      set({ signers, unit: most(valid.map((e) => e.fields.unit_id ?? 0), valid.length), submit: most(valid.map((e) => e.fields.submit_to ?? 0), valid.length), count: valid.length });
    }, () => undefined);
    return () => { live = false; };
  }, [agency]);
  return past;
}

/** It was changed here: asked anew. */
export function dropList(name: Name): void { delete kept[name]; }
