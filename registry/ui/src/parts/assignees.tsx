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

/** Members of a group that stand together, folded into one line. */
interface Line { at: number; members: Assignee[]; group?: string }

function linesOf(list: Assignee[]): Line[] {
  const lines: Line[] = [];
  list.forEach((a, at) => {
    const last = lines[lines.length - 1];
    if (a.group && last?.group === a.group) last.members.push(a); else lines.push({ at, members: [a], group: a.group });
  });
  return lines;
}

function Person({ of, at, list, set, inside }: { of: Assignee; at: number; list: Assignee[]; set: (list: Assignee[]) => void; inside?: boolean }): JSX.Element {
  return (
    <li class={inside ? 'inside' : ''}><Icon name={of.kind === 'user' ? 'users' : 'unit'} /><b>{of.name}</b>
      <select aria-label={say(`Vai trò của ${of.name}`, `Part of ${of.name}`)} class={of.role} value={of.role} onChange={(e) => set(withRole(list, at, e.currentTarget.value as Role))}>
        {roles.map((r) => <option value={r}>{roleName(r)}</option>)}</select>
      <button type="button" class="ib" aria-label={say(`Bỏ ${of.name}`, `Remove ${of.name}`)} onClick={() => set(list.filter((_, n) => n !== at))}><Icon name="x" /></button></li>
  );
}

/** A group has one part for all; who leads is chosen inside it. */
function Group({ line, list, set }: { line: Line; list: Assignee[]; set: (list: Assignee[]) => void }): JSX.Element {
  const [open, setOpen] = useState(false);
  const inside = (n: number): boolean => n >= line.at && n < line.at + line.members.length;
  const role = line.members.every((m) => m.role === line.members[0].role) ? line.members[0].role : '';
  const press = (event: KeyboardEvent): void => {
    if (event.code === 'ArrowRight' || event.code === 'ArrowLeft') { event.preventDefault(); setOpen(event.code === 'ArrowRight'); }
  };
  return (
    <><li><button type="button" class="fold" aria-expanded={open} onClick={() => setOpen(!open)} onKeyDown={press}><Icon name={open ? 'chevron-down' : 'chevron-right'} /><b>{line.group} <small>({line.members.length})</small></b></button>
      <select aria-label={say(`Vai trò của ${line.group}`, `Part of ${line.group}`)} class={role} value={role} onChange={(e) => set(list.map((a, n) => (inside(n) ? { ...a, role: e.currentTarget.value as Role } : a)))}>
        {!role && <option value="">…</option>}{roles.filter((r) => r !== 'lead').map((r) => <option value={r}>{roleName(r)}</option>)}</select>
      <button type="button" class="ib" aria-label={say(`Bỏ ${line.group}`, `Remove ${line.group}`)} onClick={() => set(list.filter((_, n) => !inside(n)))}><Icon name="x" /></button></li>
      {open && line.members.map((m, i) => <Person of={m} at={line.at + i} list={list} set={set} inside />)}</>
  );
}

export function Assignees(props: { list: Assignee[]; choices: Choice[]; set: (list: Assignee[]) => void; next: () => void; invalid?: boolean }): JSX.Element {
  const [text, setText] = useState('');
  const { list } = props;
  const add = (c: Choice): void => {
    const fresh = (c.members ?? [c]).filter((m) => !list.some((a) => a.kind === m.kind && a.id === m.id));
    const role: Role = c.members || list.some((a) => a.role === 'lead') ? 'support' : 'lead';
    if (fresh.length) props.set([...list, ...fresh.map((m) => ({ kind: m.kind ?? 'unit', id: m.id, name: m.name, role, group: c.members && c.name }))]);
    setText('');
  };
  return (
    <ul class={`assignees ${props.invalid ? 'invalid' : ''}`}>
      {linesOf(list).map((l) => (l.members.length > 1 ? <Group key={l.group} line={l} list={list} set={props.set} /> : <Person of={l.members[0]} at={l.at} list={list} set={props.set} />))}
      <li class="more"><Icon name="plus" /><Combo id="assignee" label={say('Thêm đơn vị hoặc người', 'Add a unit or person')} text={text} choices={props.choices} set={setText} take={add} next={props.next} keep
        placeholder={say('Thêm đơn vị hoặc người…', 'Add a unit or person…')} invalid={props.invalid} describedBy={props.invalid ? 'assignee-problem' : undefined} /></li>
    </ul>
  );
}
