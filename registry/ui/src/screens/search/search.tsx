// Tra cứu (ui.md 6.9): hits as you type, then counts by filter and over time.
import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Facet, get, Hit } from '../../api';
import { SearchCounts } from '../../api.generated';
import { useBar } from '../../bar';
import { useKeys } from '../../keys';
import { Empty, Icon, Marks, toast } from '../../parts';
import { Download } from '../../parts/download';
import { Wait } from '../../parts/wait';
import { pageOf, useResults } from '../../results';
import { go } from '../../route';
import { printDay, say } from '../../words';
import { Facets } from './facets';
import { filterNames, labelOf, nameOf, valuesOf, wordOf } from './filters';
import { Span } from './histogram';

interface Answer { hits: Hit[]; next: string | null }

/** Hits first: counting them may take longer than finding them. */
function useSearch(query: URLSearchParams): { answer?: Answer; counts?: SearchCounts; error?: Error } {
  const [answer, setAnswer] = useState<Answer>();
  const [counts, setCounts] = useState<SearchCounts>();
  const [error, setError] = useState<Error>();
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    const live = (): boolean => mine === turn.current;
    get<Answer>(`search?${query}`).then((found) => {
      if (!live()) return undefined;
      setAnswer(found);
      setError(undefined);
      return get<SearchCounts>(`search/facets?${query}`).then((c) => { if (live()) setCounts(c); });
    }).catch((e) => live() && setError(e));
  }, [query.toString()]);
  return { answer, counts, error };
}

function Line({ hit, chosen }: { hit: Hit; chosen: boolean }): JSX.Element {
  return (
    <li class={chosen ? 'chosen' : ''}>
      <a href={hit.kind === 'entry' ? `/vb/${hit.id}` : `/tiep-nhan/${hit.id}`}>
        <span class="line">{hit.right_number && <b class="chip">{say('Đúng số', 'This number')}</b>}
          {hit.kind === 'entry' ? <b class="number">{hit.direction === 'in' ? say('Đến', 'In') : say('Đi', 'Out')} <Marks of={hit.number} /></b> : <b class="chip">{say('Thư', 'Letter')}</b>}
          <b><Marks of={hit.symbol} /></b><span class="hint">{printDay(hit.date)}</span>
          {hit.void ? <span class="chip warn">{say('Đã hủy số', 'Void')}</span> : hit.status && <span class="chip plain">{wordOf('status', hit.status)}</span>}</span>
        <span class="subject"><Marks of={hit.subject} /></span>
        <span class="hint"><Marks of={hit.issuer ?? hit.sender} /></span>
        {hit.excerpt && <span class="excerpt"><Marks of={hit.excerpt} /></span>}
      </a>
    </li>
  );
}

function valuesShown(query: URLSearchParams, filter: string, facets: Facet[]): string {
  const values = valuesOf(query, filter);
  const counts = facets.find((f) => f.name === filter)?.counts ?? [];
  const labels = values.map((v) => counts.find((c) => c.value === v)).filter((c) => !!c).map((c) => labelOf(filter, c));
  return labels.length === values.length && values.length < 3 ? labels.join(', ') : `${nameOf(filter)}: ${values.length}`;
}

/** What is asked for, each to be dropped. */
function Chips({ query, facets, change, take }: { query: URLSearchParams; facets: Facet[]; change: (name: string, value: string) => void; take: (from: string, to: string) => void }): JSX.Element {
  const [from, to] = [query.get('from'), query.get('to')];
  return (
    <>
      {(from || to) && <button type="button" class="chip plain" onClick={() => take('', '')} aria-label={say('Bỏ lọc ngày', 'Drop the days')}>{printDay(from) || '…'} – {printDay(to) || '…'} <Icon name="x" /></button>}
      {filterNames.filter((n) => query.get(n)).map((n) => <button type="button" class="chip plain" onClick={() => change(n, '')} aria-label={say(`Bỏ lọc ${nameOf(n)}`, `Drop filter ${nameOf(n)}`)}>{valuesShown(query, n, facets)} <Icon name="x" /></button>)}
    </>
  );
}

function printTotal(counts?: SearchCounts): string | undefined {
  return counts && `${counts.total}${counts.total_capped ? '+' : ''}`;
}

/** How many, and of how many without the days. */
function Total({ counts, whole }: { counts?: SearchCounts; whole: boolean }): JSX.Element {
  const all = counts?.histogram.bars.reduce((n, b) => n + b.count, 0) ?? 0;
  const total = printTotal(counts);
  return (
    <p role="status">{counts && <><b>{say(`${total} kết quả`, `${total} results`)}</b>{!whole && <span class="hint"> {say(`trong ${all} của mọi ngày`, `of ${all} of any day`)}</span>}</>}</p>
  );
}

export function SearchPage({ query }: { query: URLSearchParams }): JSX.Element {
  const text = query.get('q') ?? '';
  const [typed, setTyped] = useState(text);
  const { answer, counts, error } = useSearch(query);
  const [at, setAt] = useState(-1);
  const [filtering, setFiltering] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  const filters = [...filterNames, 'from', 'to'].filter((n) => query.get(n));
  const set = (values: Record<string, string>): void => {
    const next = new URLSearchParams(query);
    Object.entries(values).forEach(([name, value]) => { if (value) next.set(name, value); else next.delete(name); });
    go(`/tra-cuu?${next}`, true);
  };
  const change = (name: string, value: string): void => set({ [name]: value });
  const take = (first: string, last: string): void => set({ from: first, to: last });
  const total = printTotal(counts);
  useBar({ title: say('Tra cứu', 'Search'), search: false, aside: <><span class="grow" />
    <Download label={say('Xuất', 'Export')} title={say(`Xuất ${total} văn bản`, `Export ${total}`)} formats={['xlsx', 'csv', 'docx', 'pdf']} url={`/api/v1/search/export?${query}`} keys="Shift+E" disabled={!counts?.total} /></> });
  useEffect(() => { if (!typed || text !== typed) setTyped(text); input.current?.focus(); }, [text]);
  useEffect(() => setAt(-1), [answer]);
  useEffect(() => {
    const timer = setTimeout(() => { if (typed !== text) change('q', typed); }, 120);
    return () => clearTimeout(timer);
  }, [typed]);
  const open = (hit?: Hit): void => { if (hit) go(hit.kind === 'entry' ? `/vb/${hit.id}` : `/tiep-nhan/${hit.id}`); };
  const hits = answer?.hits ?? [];
  const only = hits.every((h) => h.kind === 'entry'); // letters count too, but are no documents
  useResults({ ...pageOf(answer ?? { hits: [], next: null }), total: only && counts && !counts.total_capped ? counts.total : 0, path: `search?${query}` });
  const copy = (hit?: Hit): void => { if (hit?.symbol) void navigator.clipboard?.writeText(hit.symbol.text).then(() => toast({ text: say('Đã chép số, ký hiệu.', 'Symbol copied.') })); };
  const move = (step: number): void => setAt((n) => Math.min(hits.length - 1, Math.max(0, n + step)));
  useKeys({ J: () => move(1), K: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), PageDown: () => move(10), PageUp: () => move(-10), Home: () => move(-hits.length), End: () => move(hits.length), Enter: () => open(hits[Math.max(at, 0)]), O: () => open(hits[Math.max(at, 0)]), C: () => copy(hits[at]), Slash: () => input.current?.select() });
  useKeys(filtering ? { Escape: () => setFiltering(false) } : {});
  const facets = counts?.facets ?? [];
  const inputKey = (event: KeyboardEvent): void => {
    if (event.code !== 'Enter' && event.code !== 'ArrowDown') return;
    event.preventDefault();
    if (event.code === 'Enter') { open(hits[Math.max(at, 0)]); return; }
    input.current?.blur();
    move(1);
  };
  return (
    <main class="content search" id="content">
      <Facets facets={facets} query={query} change={change} close={filtering ? () => setFiltering(false) : undefined} />
      <section class="scroll results" aria-label={say('Kết quả', 'Results')}>
        <input ref={input} class="big" type="search" value={typed} aria-label={say('Tra cứu', 'Search')} placeholder={say('Gõ không dấu cũng tìm được: cai cach hanh chinh', 'Works without diacritics: cai cach hanh chinh')}
          onInput={(e) => setTyped(e.currentTarget.value)} onKeyDown={inputKey} />
        <Span of={counts?.histogram} from={from} to={to} take={take}><Total counts={counts} whole={!from && !to} /></Span>
        <div class="row chips"><button type="button" class="button small phone-only" aria-expanded={filtering} onClick={() => setFiltering(true)}>{say('Lọc', 'Filter')} {filters.length || ''}</button>
          <Chips query={query} facets={facets} change={change} take={take} /><span class="grow" />
          <label class="order">{say('Sắp xếp', 'Order')} <select value={query.get('order') ?? ''} onChange={(e) => change('order', e.currentTarget.value)}><option value="">{say('Phù hợp nhất', 'Best first')}</option><option value="newest">{say('Mới nhất', 'Newest')}</option></select></label></div>
        <Wait value={answer} error={error} />
        <ol class="hits">{hits.map((hit, i) => <Line key={`${hit.kind}${hit.id}`} hit={hit} chosen={i === at} />)}</ol>
        {answer && !hits.length && <Empty>{filters.length ? say('Không có kết quả. Thử bỏ bớt bộ lọc.', 'Nothing found. Try fewer filters.') : say('Không có kết quả nào.', 'Nothing found.')}</Empty>}
      </section>
    </main>
  );
}
