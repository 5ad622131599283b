// What narrows a search: several values of each filter, and questions kept.
import { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { call, Facet, get, post } from '../../api';
import { Icon, toast, useLoad } from '../../parts';
import { fold } from '../../parts/choose';
import { go } from '../../route';
import { say } from '../../words';
import { filterNames, labelOf, nameOf, toggled, valuesOf } from './filters';

type Change = (name: string, value: string) => void;

interface Saved { id: number; name: string; query: Record<string, string>; unseen: number }

/** Questions asked again, and keeping this one. */
function SavedSearches({ query }: { query: URLSearchParams }): JSX.Element {
  const { value, again } = useLoad(() => get<{ items: Saved[] }>('saved-searches'), []);
  const [name, setName] = useState<string | null>(null);
  const fail = (e: Error): void => toast({ text: e.message });
  const keep = (event: Event): void => {
    event.preventDefault();
    post('saved-searches', { name, query: Object.fromEntries(query), in_sidebar: true, notify: false }).then(() => { setName(null); again(); }, fail);
  };
  const open = (s: Saved): void => { void post(`saved-searches/${s.id}/seen`, {}).then(again, () => undefined); go(`/tra-cuu?${new URLSearchParams(s.query)}`); };
  return (
    <fieldset><legend>{say('Tìm kiếm đã lưu', 'Saved searches')}</legend>
      {value?.items.map((s) => <div class="row saved"><button type="button" class="link" onClick={() => open(s)}>{s.name}</button>{s.unseen > 0 && <small>{s.unseen}</small>}
        <button type="button" class="ib" aria-label={say(`Bỏ tìm kiếm ${s.name}`, `Drop ${s.name}`)} onClick={() => void call('DELETE', `saved-searches/${s.id}`).then(again, fail)}><Icon name="x" /></button></div>)}
      {name === null ? query.size > 0 && <button type="button" class="link" onClick={() => setName(query.get('q') ?? '')}>{say('Lưu tìm kiếm này', 'Save this search')}</button>
        : <form class="row" onSubmit={keep}><input aria-label={say('Tên tìm kiếm', 'Name')} value={name} onInput={(e) => setName(e.currentTarget.value)} required /><button class="button small">{say('Lưu', 'Save')}</button></form>}</fieldset>
  );
}

const FEW = 5;

/** The first few, and those that are chosen; all of them when asked for. */
function Values({ facet, query, change }: { facet: Facet; query: URLSearchParams; change: Change }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const chosen = valuesOf(query, facet.name);
  const fits = facet.counts.filter((c, i) => chosen.includes(c.value) || (open ? fold(labelOf(facet.name, c)).includes(fold(text)) : i < FEW));
  const more = facet.counts.length - fits.length;
  return (
    <fieldset><legend>{nameOf(facet.name)}</legend>
      {open && facet.counts.length > 10 && <input type="search" aria-label={say(`Lọc ${nameOf(facet.name)}`, `Filter ${nameOf(facet.name)}`)} placeholder={say('Lọc danh sách', 'Filter the list')} value={text} onInput={(e) => setText(e.currentTarget.value)} />}
      {fits.map((c) => (
        <label class="check" key={c.value}><input type="checkbox" checked={chosen.includes(c.value)} onChange={() => change(facet.name, toggled(query, facet.name, c.value))} /><span>{labelOf(facet.name, c)}</span><small class="tabular">{c.count}</small></label>
      ))}
      {(open || more > 0) && <button type="button" class="link" aria-expanded={open} onClick={() => { setOpen(!open); setText(''); }}>{open ? say('Thu gọn', 'Fewer') : say(`Thêm ${more}`, `${more} more`)}</button>}</fieldset>
  );
}

export function Facets({ facets, query, change, close }: { facets: Facet[]; query: URLSearchParams; change: Change; close?: () => void }): JSX.Element {
  const shown = filterNames.map((n) => facets.find((f) => f.name === n)).filter((f): f is Facet => !!f && f.counts.length > 0);
  return (
    <aside class={`facets ${close ? 'open' : ''}`} aria-label={say('Lọc', 'Filters')}>
      {close && <button type="button" class="button primary large" onClick={close}>{say('Xem kết quả', 'Show the results')}</button>}
      {shown.map((f) => <Values key={f.name} facet={f} query={query} change={change} />)}
      <SavedSearches query={query} />
    </aside>
  );
}
