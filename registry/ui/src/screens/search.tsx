import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Facet, get, Hit } from '../api';
import { useKeys } from '../keys';
import { Empty, Marks, Problem } from '../parts';
import { go } from '../route';
import { printDay, say } from '../words';

interface Answer { hits: Hit[]; next: string | null; facets?: Facet[]; total?: number; total_capped?: boolean }

const names: Record<string, [string, string]> = {
  kind: ['Nơi tìm', 'Where'], direction: ['Sổ', 'Book'], issuer: ['Cơ quan ban hành', 'Issuer'], type: ['Loại văn bản', 'Type'], unit: ['Đơn vị xử lý', 'Unit'], year: ['Năm', 'Year'],
};
const words: Record<string, [string, string]> = {
  in: ['Văn bản đến', 'Incoming'], out: ['Văn bản đi', 'Outgoing'], entry: ['Trong sổ', 'In the books'], letter: ['Thư chưa đăng ký', 'Letters'],
};

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
    if (!value || next.get(name) === value) next.delete(name);
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
  const move = (step: number): void => setAt((n) => Math.min(hits.length - 1, Math.max(0, n + step)));
  useKeys({ J: () => move(1), K: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => open(hits[Math.max(at, 0)]) });
  return (
    <main class="content search" id="content">
      <aside class="facets" aria-label={say('Lọc', 'Filters')}>
        {answer?.facets?.filter((f) => f.counts.length && names[f.name]).map((f) => (
          <fieldset><legend>{say(...names[f.name])}</legend>
            {f.counts.slice(0, 6).map((c) => (
              <label class="check"><input type="checkbox" checked={query.get(f.name) === c.value} onChange={() => change(f.name, c.value)} /><span>{words[c.value] ? say(...words[c.value]) : c.label || c.value}</span><small>{c.count}</small></label>
            ))}</fieldset>
        ))}
      </aside>
      <section class="scroll results" aria-label={say('Kết quả', 'Results')}>
        <h1 class="sr">{say('Tra cứu', 'Search')}</h1>
        <input ref={input} class="big" type="search" value={typed} aria-label={say('Tra cứu', 'Search')} placeholder={say('Gõ không dấu cũng tìm được: cai cach hanh chinh', 'Works without diacritics: cai cach hanh chinh')}
          onInput={(e) => setTyped(e.currentTarget.value)} onKeyDown={(e) => { if (e.code === 'Enter' || e.code === 'ArrowDown') { e.preventDefault(); if (e.code === 'Enter') open(hits[Math.max(at, 0)]); else { input.current?.blur(); move(1); } } }} />
        <p class="row chips" role="status"><span class="hint">{answer ? say(`${answer.total ?? hits.length}${answer.total_capped ? '+' : ''} kết quả`, `${answer.total ?? hits.length}${answer.total_capped ? '+' : ''} results`) : ''}</span>
          {filters.map((n) => <button type="button" class="chip" onClick={() => change(n, '')} aria-label={say(`Bỏ lọc ${names[n][0]}`, `Drop filter ${names[n][1]}`)}>{say(...names[n])} ✕</button>)}</p>
        {error && <Problem error={error} />}
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
