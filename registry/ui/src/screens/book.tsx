import { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Entry, get } from '../api';
import { useKeys } from '../keys';
import { Empty, Problem } from '../parts';
import { go } from '../route';
import { printDay, say } from '../words';

interface Page { items: Entry[]; next: number; next_suffix: string; total: number; book_name: string }

function urgency(line: Entry): string {
  return ['', say('Khẩn', 'Urgent'), say('Thượng khẩn', 'Very urgent'), say('Hỏa tốc', 'Express')][Number(line.fields.urgency) || 0] ?? '';
}

export function Book({ direction, year }: { direction: string; year: number }): JSX.Element {
  const [lines, setLines] = useState<Entry[]>([]);
  const [page, setPage] = useState<Page>();
  const [error, setError] = useState<Error>();
  const [at, setAt] = useState(0);
  const load = (after: number, suffix: string): void => {
    get<Page>(`entries?direction=${direction}${year ? `&year=${year}` : ''}${after ? `&after=${after}&after_suffix=${encodeURIComponent(suffix)}` : ''}`)
      .then((p) => { setPage(p); setLines((old) => (after ? [...old, ...p.items] : p.items)); }, setError);
  };
  useEffect(() => load(0, ''), [direction, year]);
  const move = (step: number): void => setAt((n) => Math.min(lines.length - 1, Math.max(0, n + step)));
  useEffect(() => { document.querySelector(`#line-${at}`)?.scrollIntoView({ block: 'nearest' }); }, [at]);
  useKeys({
    J: () => move(1), K: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    Enter: () => lines[at] && go(`/vb/${lines[at].id}`), O: () => lines[at] && go(`/vb/${lines[at].id}`),
    N: () => { if (direction === 'in') go('/den/moi'); },
  });
  const more = (event: Event): void => {
    const box = event.currentTarget as HTMLElement;
    if (page?.next && box.scrollTop + box.clientHeight > box.scrollHeight - 400) { const { next, next_suffix } = page; setPage({ ...page, next: 0 }); load(next, next_suffix); }
  };
  const title = direction === 'in' ? say('Văn bản đến', 'Incoming documents') : say('Văn bản đi', 'Outgoing documents');
  return (
    <main class="content book" id="content">
      <h1>{title} <small>{page ? say(`${page.total} văn bản`, `${page.total} documents`) : ''}</small></h1>
      {error && <Problem error={error} again={() => load(0, '')} />}
      <div class="scroll table-box" onScroll={more} tabIndex={0} role="region" aria-label={title}>
        <table aria-rowcount={page?.total}>
          <thead><tr><th>{direction === 'in' ? say('Số đến', 'No.') : say('Số', 'No.')}</th><th>{say('Tác giả', 'Issuer')}</th><th>{say('Số, ký hiệu, ngày', 'Symbol, date')}</th>
            <th>{say('Tên loại và trích yếu nội dung', 'Type and summary')}</th><th>{say('Đơn vị nhận', 'Receiver')}</th><th>{say('Hạn', 'Due')}</th></tr></thead>
          <tbody>{lines.map((line, i) => (
            <tr id={`line-${i}`} class={`${line.state === 'void' ? 'void' : ''} ${i === at ? 'chosen' : ''}`} aria-rowindex={i + 2} onClick={() => go(`/vb/${line.id}`)}>
              <td class="number">{line.number}{line.suffix}<small>{printDay(line.day)}</small></td>
              <td>{line.fields.issuer}</td>
              <td class="tabular">{line.fields.symbol}<small>{printDay(line.fields.document_day as string)}</small></td>
              <td>{urgency(line) && <><span class="chip stampy">{urgency(line)}</span> </>}<a href={`/vb/${line.id}`}><b>{line.type_name}</b> {line.fields.subject}</a>{line.state === 'void' && <small>{say('Đã hủy số: ', 'Voided: ')}{line.void_reason}</small>}</td>
              <td>{line.fields.receiver || line.unit_name}</td>
              <td class="tabular">{printDay(line.fields.due_day as string)}</td>
            </tr>
          ))}</tbody>
        </table>
        {page && !lines.length && <Empty>{direction === 'in' ? say('Sổ chưa có văn bản. Số đến bắt đầu từ 1.', 'The book is empty. Numbers start at 1.') : say('Sổ chưa có văn bản đi.', 'The book is empty.')}</Empty>}
      </div>
    </main>
  );
}
