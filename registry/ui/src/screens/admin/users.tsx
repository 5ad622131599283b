// Người dùng: by unit, by table, locked and never deleted.
import { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { call, get, post, Refusal } from '../../api';
import { fold } from '../../parts/choose';
import { Button, Empty, Icon, toast, useLoad } from '../../parts';
import { useLists } from '../../lists';
import { readCsv, readSheet } from '../../xlsx';
import { printMoment, say } from '../../words';
import { Wait } from '../../parts/wait';

interface Person { id: number; login: string; name: string; position: string; email: string; unit: number; locked: boolean; seen_at: number; roles: string[] }
interface Row { login: string; name: string; position: string; email: string; unit: string; role: string }
interface Result { kind: 'add' | 'change' | 'same' | 'wrong'; sentence: string | null }

export function roleTitle(role: string): string {
  const names: Record<string, string> = { clerk: say('Văn thư', 'Clerk'), leader: say('Lãnh đạo', 'Leadership'), unit_head: say('Lãnh đạo đơn vị', 'Unit head'), specialist: say('Chuyên viên', 'Specialist'), administrator: say('Quản trị', 'Administrator') };
  return names[role] ?? role;
}

/** Columns by their heads, however written. */
function rowsOf(table: string[][]): Row[] {
  const [heads, ...lines] = table;
  const at = (...names: string[]): number => (heads ?? []).findIndex((h) => names.includes(fold(h).trim()));
  const where = { login: at('ten dang nhap', 'login'), name: at('ho ten', 'ho va ten', 'name'), position: at('chuc vu', 'position'), email: at('email', 'thu dien tu'), unit: at('don vi', 'ma don vi', 'unit'), role: at('vai tro', 'role') };
  const cell = (line: string[], n: number): string => (n < 0 ? '' : line[n] ?? '');
  return lines.map((l) => ({ login: cell(l, where.login), name: cell(l, where.name), position: cell(l, where.position), email: cell(l, where.email), unit: cell(l, where.unit), role: cell(l, where.role) }));
}

function Preview({ rows, results, apply, close }: { rows: Row[]; results: Result[]; apply: () => void; close: () => void }): JSX.Element {
  const of = (kind: Result['kind']): number => results.filter((r) => r.kind === kind).length;
  const changes = of('add') + of('change');
  const shown = rows.map((row, i) => ({ row, result: results[i], n: i + 2 })).filter((r) => r.result.kind !== 'same').slice(0, 200);
  return (
    <section class="box-card"><header><h2>{say('Xem trước', 'Preview')}</h2>
      <span class="row"><span class="chip">{say('thêm', 'new')} {of('add')}</span><span class="chip warn">{say('sửa', 'changed')} {of('change')}</span><span class="chip plain">{say('không đổi', 'same')} {of('same')}</span>{of('wrong') > 0 && <span class="chip bad">{say('sai', 'wrong')} {of('wrong')}</span>}
        <Button label={say(`Áp dụng ${changes} thay đổi`, `Apply ${changes} changes`)} kind="primary small" disabled={of('wrong') > 0 || !changes} press={apply} /><Button label={say('Thôi', 'Cancel')} kind="small" press={close} /></span></header>
      <div class="wide-table" tabIndex={0}><table><thead><tr><th>{say('Dòng', 'Row')}</th><th>{say('Họ tên', 'Name')}</th><th>{say('Tên đăng nhập', 'Login')}</th><th>{say('Đơn vị', 'Unit')}</th><th>{say('Vai trò', 'Role')}</th><th>{say('Kết quả', 'Result')}</th></tr></thead>
        <tbody>{shown.map(({ row, result, n }) => <tr><td>{n}</td><td>{row.name}</td><td>{row.login}</td><td>{row.unit}</td><td>{row.role}</td>
          <td>{result.kind === 'wrong' ? <span class="late past">{result.sentence}</span> : result.kind === 'add' ? say('thêm', 'new') : say('sửa', 'changed')}</td></tr>)}</tbody></table></div></section>
  );
}

function Import({ done }: { done: () => void }): JSX.Element {
  const [rows, setRows] = useState<Row[]>([]);
  const [results, setResults] = useState<Result[]>();
  const file = useRef<HTMLInputElement>(null);
  const fail = (e: Error): void => toast({ text: e instanceof Refusal ? e.message : say('Chưa đọc được tệp. Lưu lại dạng XLSX hoặc CSV.', 'The file could not be read. Save it as XLSX or CSV.') });
  const take = async (chosen: File): Promise<void> => {
    const table = /\.csv$/i.test(chosen.name) ? readCsv(await chosen.text()) : await readSheet(chosen);
    const list = rowsOf(table);
    const answer = await post<{ rows: Result[] }>('users/import', { rows: list, apply: false });
    setRows(list);
    setResults(answer.rows);
  };
  const close = (): void => { setResults(undefined); if (file.current) file.current.value = ''; };
  return (
    <>
      <label class="button upload"><Icon name="plus" />{say('Nhập từ XLSX', 'Import XLSX')}<input ref={file} type="file" class="sr" accept=".xlsx,.csv" onChange={(e) => { const chosen = e.currentTarget.files?.[0]; if (chosen) take(chosen).catch(fail); }} /></label>
      {results && <Preview rows={rows} results={results} close={close} apply={() => { post('users/import', { rows, apply: true }).then(() => { toast({ text: say('Đã áp dụng. Người mới cần được cấp mật khẩu.', 'Applied. New people need a password.') }); close(); done(); }, fail); }} />}
    </>
  );
}

function Chosen({ person, done }: { person: Person; done: () => void }): JSX.Element {
  const [password, setPassword] = useState('');
  const [to, setTo] = useState(0);
  const { people } = useLists('in');
  const { value: open } = useLoad(() => get<{ assignments: number; submissions: number }>(`users/${person.id}/open-work`), [person.id]);
  const fail = (e: Refusal): void => toast({ text: e.message });
  const count = (open?.assignments ?? 0) + (open?.submissions ?? 0);
  const setRole = (role: string, on: boolean): void => {
    call('PUT', `users/${person.id}/roles`, { roles: on ? [...person.roles, role] : person.roles.filter((r) => r !== role), reason: '' }).then(() => { toast({ text: say('Chờ người thứ hai xác nhận.', 'A second person has to confirm.') }); done(); }, fail);
  };
  return (
    <aside class="panel scroll stack" aria-label={person.name}>
      <h2>{person.name}</h2><p class="hint">{person.login} · {person.position}</p>
      <div class="field"><span>{say('Vai trò (người thứ hai xác nhận)', 'Roles (a second person confirms)')}</span>{['clerk', 'leader', 'unit_head', 'specialist', 'administrator'].map((r) => <label class="check"><input type="checkbox" checked={person.roles.includes(r)} onChange={(e) => setRole(r, e.currentTarget.checked)} />{roleTitle(r)}</label>)}</div>
      {password && <p class="notice" role="status"><Icon name="lock" /><span>{say('Mật khẩu dùng một lần:', 'One-time password:')} <b class="tabular">{password}</b></span></p>}
      <Button label={say('Cấp mật khẩu mới', 'New password')} press={() => void post<{ password: string }>(`users/${person.id}/password`, {}).then((a) => setPassword(a.password), fail)} />
      <Button label={person.locked ? say('Mở khóa', 'Unlock') : say('Khóa tài khoản', 'Lock')} kind={person.locked ? '' : 'danger'} press={() => void post(`users/${person.id}/lock`, { locked: !person.locked }).then(done, fail)} />
      {count > 0 && <div class="field"><span>{say(`Chuyển việc đang xử lý (${count}) cho`, `Hand over open work (${count}) to`)}</span>
        <select value={to} onChange={(e) => setTo(+e.currentTarget.value)}><option value={0} />{people.filter((p) => p.id !== person.id).map((p) => <option value={p.id}>{p.name}</option>)}</select>
        <Button label={say('Bàn giao', 'Hand over')} disabled={!to} press={() => void post(`users/${person.id}/handover`, { to, reason: say('Bàn giao công việc', 'Handover') }).then(() => { toast({ text: say('Đã bàn giao.', 'Handed over.') }); done(); }, fail)} /></div>}
    </aside>
  );
}

export function Users(): JSX.Element {
  const { value, error, again } = useLoad(() => get<{ items: Person[] }>('users'), []);
  const { rawUnits } = useLists('in');
  const [unit, setUnit] = useState(-1);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  if (error || !value) return <Wait value={value} error={error} again={again} />;
  const all = value.items;
  const typed = fold(text).trim();
  const shown = all.filter((p) => (unit < 0 || p.unit === unit) && (!typed || fold(`${p.name} ${p.login} ${p.position}`).includes(typed)));
  const person = all.find((p) => p.id === at);
  const count = (id: number): number => all.filter((p) => p.unit === id).length;
  const unitRow = (id: number, name: string, n: number): JSX.Element => <li><button type="button" class="choice" aria-pressed={unit === id} onClick={() => setUnit(id)}><span>{name}</span><small>{n}</small></button></li>;
  return (
    <div class="admin-columns">
      <aside class="scroll"><input type="search" aria-label={say('Tìm người', 'Find a person')} placeholder={say('Tìm đơn vị, người…', 'Unit or person…')} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        <ul>{unitRow(-1, say('Toàn cơ quan', 'All'), all.length)}{rawUnits.map((u) => unitRow(u.id, u.name, count(u.id)))}{unitRow(0, say('Chưa có đơn vị', 'No unit'), count(0))}</ul></aside>
      <section class="scroll stack"><div class="row"><Import done={again} /></div>
        <table><thead><tr><th>{say('Họ tên', 'Name')}</th><th>{say('Chức vụ', 'Position')}</th><th>{say('Tên đăng nhập', 'Login')}</th><th>{say('Vai trò', 'Roles')}</th><th>{say('Dùng gần nhất', 'Last seen')}</th><th>{say('Trạng thái', 'State')}</th></tr></thead>
          <tbody>{shown.slice(0, 300).map((p) => <tr class={p.id === at ? 'chosen' : ''} onClick={() => setAt(p.id)}><td><button type="button" class="link">{p.name}</button></td><td>{p.position}</td><td>{p.login}</td>
            <td>{p.roles.map((r) => <span class="chip plain">{roleTitle(r)}</span>)}</td><td class="tabular">{p.seen_at ? printMoment(p.seen_at) : ''}</td><td>{p.locked ? <span class="chip bad">{say('Đã khóa', 'Locked')}</span> : say('Hoạt động', 'Active')}</td></tr>)}</tbody></table>
        {shown.length > 300 && <p class="hint">{say(`Còn ${shown.length - 300} người; gõ để tìm.`, `${shown.length - 300} more; type to find.`)}</p>}
        {value && !shown.length && <Empty>{say('Không có ai.', 'Nobody.')}</Empty>}</section>
      {person && <Chosen key={person.id} person={person} done={again} />}
    </div>
  );
}
