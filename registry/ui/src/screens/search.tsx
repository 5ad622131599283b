import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, Facet, get, Hit, post } from '../api';
import { useKeys } from '../keys';
import { Empty, Icon, Marks, toast, useLoad } from '../parts';
import { DayField } from '../parts/day-field';
import { parseDay } from '../days';
import { pageOf, useResults } from '../results';
import { go } from '../route';
import { printDay, say } from '../words';
import { Wait } from '../parts/wait';

interface Answer { hits: Hit[]; next: string | null; facets?: Facet[]; total?: number; total_capped?: boolean }

const names: Record<string, [string, string]> = {
  kind: ['Nơi tìm', 'Where'], direction: ['Sổ', 'Book'], issuer: ['Cơ quan ban hành', 'Issuer'], type: ['Loại văn bản', 'Type'], unit: ['Đơn vị xử lý', 'Unit'], year: ['Năm', 'Year'],
};
const words: Record<string, [string, string]> = {
  in: ['Văn bản đến', 'Incoming'], out: ['Văn bản đi', 'Outgoing'], entry: ['Trong sổ', 'In the books'], letter: ['Thư chưa đăng ký', 'Letters'],
};

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

function Day({ name, label, query, change }: { name: string; label: string; query: URLSearchParams; change: (name: string, value: string) => void }): JSX.Element {
  const [text, setText] = useState(printDay(query.get(name)));
  useEffect(() => setText(printDay(query.get(name))), [query.get(name)]);
  const set = (typed: string): void => {
    setText(typed);
    const day = parseDay(typed);
    if (day !== (query.get(name) ?? '') && (day || !typed.trim())) change(name, day);
  };
  return <div class="day-line"><label for={`span-${name}`}>{label}</label><DayField id={`span-${name}`} text={text} nearest="past" set={set} next={() => undefined} /></div>;
}

/** From and to a day, newest or best first. */
function Span({ query, change }: { query: URLSearchParams; change: (name: string, value: string) => void }): JSX.Element {
  return (
    <fieldset class="span"><legend>{say('Ngày', 'Date')}</legend><Day name="from" label={say('Từ', 'From')} query={query} change={change} /><Day name="to" label={say('Đến', 'To')} query={query} change={change} />
      <div class="day-line"><label for="order">{say('Xếp', 'Order')}</label><select id="order" value={query.get('order') ?? ''} onChange={(e) => change('order', e.currentTarget.value)}><option value="">{say('Phù hợp nhất', 'Best first')}</option><option value="newest">{say('Mới nhất', 'Newest')}</option></select></div></fieldset>
  );
}

export function SearchPage({ query }: { query: URLSearchParams }): JSX.Element {
  const text = query.get('q') ?? '';
  const [typed, setTyped] = useState(text);
  const [answer, setAnswer] = useState<Answer>();
  const [error, setError] = useState<Error>();
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const turn = useRef(0);
  const filters = Object.keys(names).filter((n) => query.get(n));
  const change = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    if (!value || next.get(name) === value && !/^(from|to|order)$/.test(name)) next.delete(name);
    else next.set(name, value);
    go(`/tra-cuu?${next}`, true);
  };
  useEffect(() => { if (!typed || text !== typed) setTyped(text); input.current?.focus(); }, [text]);
  useEffect(() => {
    const timer = setTimeout(() => { if (typed !== text) change('q', typed); }, 120);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    const mine = ++turn.current;
    const ask = new URLSearchParams(query);
    ask.set('facets', '1');
    get<Answer>(`search?${ask}`).then((a) => { if (mine === turn.current) { setAnswer(a); setError(undefined); setAt(-1); } }, (e) => mine === turn.current && setError(e));
  }, [query.toString()]);
  const open = (hit?: Hit): void => { if (hit) go(hit.kind === 'entry' ? `/vb/${hit.id}` : `/tiep-nhan/${hit.id}`); };
  const hits = answer?.hits ?? [];
  const only = hits.every((h) => h.kind === 'entry'); // letters count too, but are no documents
  useResults({ ...pageOf(answer ?? { hits: [], next: null }), total: only && !answer?.total_capped ? answer?.total ?? 0 : 0, path: `search?${query}` });
  const move = (step: number): void => setAt((n) => Math.min(hits.length - 1, Math.max(0, n + step)));
  useKeys({ J: () => move(1), K: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => open(hits[Math.max(at, 0)]) });
  return (
    <main class="content search" id="content">
      <aside class="facets" aria-label={say('Lọc', 'Filters')}>
        <Span query={query} change={change} />
        {answer?.facets?.filter((f) => f.counts.length && names[f.name]).map((f) => (
          <fieldset><legend>{say(...names[f.name])}</legend>
            {f.counts.slice(0, 6).map((c) => (
              <label class="check"><input type="checkbox" checked={query.get(f.name) === c.value} onChange={() => change(f.name, c.value)} /><span>{words[c.value] ? say(...words[c.value]) : c.label || c.value}</span><small>{c.count}</small></label>
            ))}</fieldset>
        ))}
        <SavedSearches query={query} />
      </aside>
      <section class="scroll results" aria-label={say('Kết quả', 'Results')}>
        <h1 class="sr">{say('Tra cứu', 'Search')}</h1>
        <input ref={input} class="big" type="search" value={typed} aria-label={say('Tra cứu', 'Search')} placeholder={say('Gõ không dấu cũng tìm được: cai cach hanh chinh', 'Works without diacritics: cai cach hanh chinh')}
          onInput={(e) => setTyped(e.currentTarget.value)} onKeyDown={(e) => { if (e.code === 'Enter' || e.code === 'ArrowDown') { e.preventDefault(); if (e.code === 'Enter') open(hits[Math.max(at, 0)]); else { input.current?.blur(); move(1); } } }} />
        <p class="row chips" role="status"><span class="hint">{answer ? say(`${answer.total ?? hits.length}${answer.total_capped ? '+' : ''} kết quả`, `${answer.total ?? hits.length}${answer.total_capped ? '+' : ''} results`) : ''}</span>
          {filters.map((n) => <button type="button" class="chip" onClick={() => change(n, '')} aria-label={say(`Bỏ lọc ${names[n][0]}`, `Drop filter ${names[n][1]}`)}>{say(...names[n])} ✕</button>)}</p>
        <Wait value={query.size ? answer : null} error={error} />
        <ol class="hits">{hits.map((hit, i) => (
          <li class={i === at ? 'chosen' : ''}>
            <a href={hit.kind === 'entry' ? `/vb/${hit.id}` : `/tiep-nhan/${hit.id}`}>
              <span class="line">{hit.right_number && <b class="chip">{say('Đúng số', 'This number')}</b>}
                {hit.kind === 'entry' ? <b class="number">{hit.direction === 'in' ? 'Đến' : 'Đi'} <Marks of={hit.number} /></b> : <b class="chip">{say('Thư', 'Letter')}</b>}
                <b><Marks of={hit.symbol} /></b><span class="hint">{printDay(hit.date)}</span></span>
              <span class="subject"><Marks of={hit.subject} /></span>
              <span class="hint"><Marks of={hit.issuer ?? hit.sender} /></span>
              {hit.excerpt && <span class="excerpt"><Marks of={hit.excerpt} /></span>}
            </a>
          </li>
        ))}</ol>
        {answer && !hits.length && <Empty>{filters.length ? say('Không có kết quả. Thử bỏ bớt bộ lọc.', 'Nothing found. Try fewer filters.') : say('Không có kết quả nào.', 'Nothing found.')}</Empty>}
      </section>
    </main>
  );
}
