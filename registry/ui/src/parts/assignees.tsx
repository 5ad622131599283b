// Who gets a document: one line each with its part; exactly one leads.
import { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '.';
import { Choice, Combo } from './choose';
import { Assignee, Role, roleName } from '../flow';
import { say } from '../words';

const roles: Role[] = ['lead', 'support', 'inform'];

/** The first one leads; a new lead makes the old one support. */
export function withRole(list: Assignee[], at: number, role: Role): Assignee[] {
  return list.map((a, i) => (i === at ? { ...a, role } : role === 'lead' && a.role === 'lead' ? { ...a, role: 'support' } : a));
}

export function Assignees(props: { list: Assignee[]; choices: Choice[]; set: (list: Assignee[]) => void; next: () => void; invalid?: boolean }): JSX.Element {
  const [text, setText] = useState('');
  const { list } = props;
  const add = (c: Choice): void => {
    if (!list.some((a) => a.kind === c.kind && a.id === c.id)) props.set([...list, { kind: c.kind ?? 'unit', id: c.id, name: c.name, role: list.some((a) => a.role === 'lead') ? 'support' : 'lead' }]);
    setText('');
  };
  return (
    <ul class={`assignees ${props.invalid ? 'invalid' : ''}`}>
      {list.map((a, i) => (
        <li><Icon name={a.kind === 'user' ? 'users' : 'unit'} /><b>{a.name}</b>
          <select aria-label={say(`Vai trò của ${a.name}`, `Part of ${a.name}`)} class={a.role} value={a.role} onChange={(e) => props.set(withRole(list, i, e.currentTarget.value as Role))}>
            {roles.map((r) => <option value={r}>{roleName(r)}</option>)}</select>
          <button type="button" class="ib" aria-label={say(`Bỏ ${a.name}`, `Remove ${a.name}`)} onClick={() => props.set(list.filter((_, n) => n !== i))}><Icon name="x" /></button></li>
      ))}
      <li class="more"><Icon name="plus" /><Combo id="assignee" label={say('Thêm đơn vị hoặc người', 'Add a unit or person')} text={text} choices={props.choices} set={setText} take={add} next={props.next} keep
        placeholder={say('Thêm đơn vị hoặc người…', 'Add a unit or person…')} invalid={props.invalid} describedBy={props.invalid ? 'assignee-problem' : undefined} /></li>
    </ul>
  );
}
