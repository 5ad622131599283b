import { JSX } from 'preact';
import { get } from '../api';
import { useLoad } from '../parts';
import { printMoment, say } from '../words';
import { Wait } from '../parts/wait';

interface Row { seq: number; at: number; actor: string; action: string; object_type: string; object: number; detail?: Record<string, unknown> }

export function Audit(): JSX.Element {
  const { value, error, again } = useLoad(() => get<{ items: Row[] }>('audit?limit=200'), []);
  return (
    <main class="content book" id="content">
      <h1>{say('Nhật ký', 'Audit log')}</h1>
      <div class="scroll table-box" tabIndex={0} role="region" aria-label={say('Nhật ký', 'Audit log')}><table>
        <thead><tr><th>#</th><th>{say('Lúc', 'When')}</th><th>{say('Người', 'Who')}</th><th>{say('Thao tác', 'Action')}</th><th>{say('Đối tượng', 'Object')}</th><th>{say('Nội dung', 'Detail')}</th></tr></thead>
        <tbody>{value?.items.map((row) => (
          <tr><td class="tabular">{row.seq}</td><td class="tabular">{printMoment(row.at)}</td><td>{row.actor}</td><td>{row.action}</td><td>{row.object_type} {row.object || ''}</td><td class="break">{row.detail && Object.keys(row.detail).length ? JSON.stringify(row.detail) : ''}</td></tr>
        ))}</tbody></table>
        <Wait value={value} error={error} again={again} /></div>
    </main>
  );
}
