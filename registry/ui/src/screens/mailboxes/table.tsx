// The same mailboxes as a table that sorts by any column.
import { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Mailbox } from '../../api';
import { go } from '../../route';
import { say } from '../../words';
import { causeOf, kindOf, Kind, lagOf, printAt, printLag, wordOf } from './state';
import { Sign } from './sign';

const order: Kind[] = ['bad', 'slow', 'paused', 'new', 'good'];
type Value = string | number;
interface Column { name: string; label: [string, string]; of: (m: Mailbox) => Value; number?: boolean }
const columns: Column[] = [
  { name: 'address', label: ['Địa chỉ', 'Address'], of: (m) => m.address },
  { name: 'unit', label: ['Đơn vị', 'Unit'], of: (m) => m.unit ?? '' },
  { name: 'state', label: ['Trạng thái', 'State'], of: (m) => order.indexOf(kindOf(m)) },
  { name: 'read', label: ['Đọc gần nhất', 'Last read'], of: (m) => -m.ok_at },
  { name: 'lag', label: ['Trễ', 'Lag'], of: (m) => -lagOf(m), number: true },
  { name: 'today', label: ['Hôm nay', 'Today'], of: (m) => -m.today_letters, number: true },
  { name: 'error', label: ['Lỗi', 'Error'], of: (m) => (kindOf(m) === 'bad' ? causeOf(m) : '\uffff') },
];

function compare(a: Value, b: Value): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'vi');
}

export function Table({ items, chosen }: { items: Mailbox[]; chosen: number }): JSX.Element {
  const [by, setBy] = useState({ name: 'state', back: false });
  const column = columns.find((c) => c.name === by.name) ?? columns[0];
  const rows = [...items].sort((a, b) => (compare(column.of(a), column.of(b)) || compare(a.address, b.address)) * (by.back ? -1 : 1));
  return (
    <div class="scroll table-box" tabIndex={0} role="region" aria-label={say('Danh sách hộp thư', 'Mailboxes as a list')}><table class="boxes">
      <thead><tr>{columns.map((c) => (
        <th class={c.number ? 'right' : ''} aria-sort={c.name !== by.name ? undefined : by.back ? 'descending' : 'ascending'}>
          <button type="button" onClick={() => setBy({ name: c.name, back: c.name === by.name && !by.back })}>{say(...c.label)}{c.name === by.name && <i aria-hidden="true">{by.back ? '↓' : '↑'}</i>}</button></th>
      ))}</tr></thead>
      <tbody>{rows.map((m) => {
        const kind = kindOf(m);
        return (
          <tr class={m.id === chosen ? 'chosen' : ''} onClick={() => go(`/hop-thu/${m.id}${location.search}`, true)}>
            <th scope="row"><a href={`/hop-thu/${m.id}${location.search}`} title={m.address} aria-current={m.id === chosen ? 'true' : undefined}>{m.address}</a></th><td>{m.unit}</td><td class="state"><Sign of={m} /> {wordOf(kind)}</td>
            <td class="tabular">{printAt(m.ok_at)}</td><td class="tabular right">{kind === 'good' || !m.ok_at ? '' : printLag(lagOf(m))}</td><td class="tabular right">{m.today_letters || ''}</td><td class="break">{kind === 'bad' ? causeOf(m) : ''}</td>
          </tr>
        );
      })}</tbody></table></div>
  );
}
