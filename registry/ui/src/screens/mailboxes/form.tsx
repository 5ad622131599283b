// Thêm hộp thư, Sửa: what is typed is checked by the service, as a line of the
// table is; its sentence stands below the field. A password is only written.
import { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { call, get, Mailbox, Refusal } from '../../api';
import { MailboxWanted } from '../../api.generated';
import { useList } from '../../lists';
import { Button, Icon } from '../../parts';
import { Field, fieldAfter, onEnter, Select, Value } from '../../parts/form';
import { say } from '../../words';

export type Whole = Mailbox & { folders: { name: string }[] };
type Name = 'address' | 'host' | 'port' | 'security' | 'user' | 'password' | 'unit' | 'folders' | 'keep';
type Texts = Record<Name, string>;

const securities: Value[] = [['tls', 'TLS', 'TLS'], ['starttls', 'STARTTLS', 'STARTTLS'], ['plain', 'Không mã hóa (chỉ trên chính máy này)', 'In clear (this machine only)']];
const keeps: Value[] = [['all', 'Mọi thư', 'Every letter'], ['documents', 'Chỉ thư có văn bản (hộp thư cá nhân)', 'Documents only (a personal mailbox)']];
const ports: Record<string, string> = { tls: '993', starttls: '143', plain: '143' };
/** Whose field a refusal is about, when its code does not say so itself. */
const fieldOf: Record<string, Name> = { exists: 'address', double: 'user', plain: 'security' };

export function labelOf(name: string): string {
  const labels: Record<Name, [string, string]> = {
    address: ['Địa chỉ hộp thư', 'Address'], host: ['Máy chủ IMAP', 'IMAP server'], port: ['Cổng', 'Port'], security: ['Bảo mật', 'Security'], user: ['Tên đăng nhập', 'User'],
    password: ['Mật khẩu', 'Password'], unit: ['Đơn vị', 'Unit'], folders: ['Thư mục', 'Folders'], keep: ['Giữ lại', 'Keep'],
  };
  return labels[name as Name] ? say(...labels[name as Name]) : name;
}

function textsOf(m: Whole): Texts {
  return { address: m.address, host: m.host, port: String(m.port), security: m.security, user: m.user, password: '', unit: m.unit ?? '', folders: m.folders.map((f) => f.name).join('; '), keep: m.keep };
}

/** A house has few servers: the one that most mailboxes are on. */
function usual(all: Mailbox[]): Texts {
  const counts = new Map<string, number>();
  for (const m of all) counts.set(m.host, (counts.get(m.host) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const like = all.find((m) => counts.get(m.host) === most);
  return { address: '', host: like?.host ?? '', port: String(like?.port ?? 993), security: like?.security ?? 'tls', user: '', password: '', unit: '', folders: 'INBOX', keep: 'all' };
}

const foldersOf = (text: string): string[] => text.split(';').map((name) => name.trim()).filter(Boolean);
const door = (port: string | number): number => (+port === 143 ? 993 : +port);

function bodyOf(now: Texts, version?: number): MailboxWanted {
  const { folders, port, ...rest } = now;
  return { ...rest, address: now.address.trim(), host: now.host.trim(), user: now.user.trim(), port: Number(port) || 0, security: now.security as MailboxWanted['security'], keep: now.keep as MailboxWanted['keep'], folders: foldersOf(folders), version };
}

/** What the service will ask for, and what it will do, known beforehand. */
function compare(base: Whole, now: Texts): { ask: boolean; again: boolean } {
  const server = now.host.trim().toLowerCase() !== base.host.toLowerCase() || door(now.port) !== door(base.port);
  return {
    ask: server || now.address.trim() !== base.address || (now.security === 'plain' && base.security !== 'plain'),
    again: server || now.user.trim().toLowerCase() !== base.user.toLowerCase() || foldersOf(now.folders).sort().join(';') !== base.folders.map((f) => f.name).sort().join(';'),
  };
}

export function Form({ old, all, close, done }: { old?: Whole; all: Mailbox[]; close: () => void; done: (id: number) => void }): JSX.Element {
  const [base, setBase] = useState(old);
  const [typed, setTyped] = useState<Partial<Texts>>({});
  const [wrong, setWrong] = useState<Partial<Texts>>({});
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [first] = useState(() => usual(all));
  const box = useRef<HTMLDialogElement>(null);
  const units = useList('units');
  const stands = base ? textsOf(base) : first;
  const now = { ...stands, ...typed };
  const { ask, again } = base ? compare(base, now) : { ask: true, again: false };
  const secret = !base ? say('Được niêm phong ngay; không ai đọc lại được.', 'Sealed at once; nobody can read it again.')
    : ask ? say('Nhập lại: mật khẩu cũ không được gửi tới nơi khác hay khi không mã hóa.', 'Enter it again: the old one is sent nowhere else, nor in clear.')
      : say('Để trống thì giữ mật khẩu đang dùng.', 'Empty keeps the present one.');
  const theirs = (name: Name): boolean => !!base && !!problem && typed[name] !== undefined && typed[name] !== stands[name] && stands[name] !== (old && textsOf(old)[name]);
  useLayoutEffect(() => { box.current?.showModal(); document.getElementById('f-address')?.focus(); }, []);
  useLayoutEffect(() => { if (problem) box.current?.querySelector<HTMLElement>('footer .primary')?.focus(); }, [problem]);

  const set = (name: Name, value: string): void => {
    const more: Partial<Texts> = { [name]: value };
    if (name === 'security' && Object.values(ports).includes(now.port)) more.port = ports[value];
    setTyped({ ...typed, ...more });
    setWrong({ ...wrong, [name]: undefined });
  };
  const walk = (name: Name) => (back?: boolean): void => {
    (fieldAfter(box.current, name, back) ?? (back ? undefined : box.current?.querySelector<HTMLElement>('footer .primary')))?.focus();
  };
  const refused = async (e: Refusal): Promise<void> => {
    const [of, what = ''] = e.code.split('.');
    const name = fieldOf[what] ?? (what as Name);
    if (e.code === 'mailbox.changed' && base) setBase(await get<Whole>(`mailboxes/${base.id}`));
    if (of === 'mailbox' && name in stands) { setWrong({ [name]: e.message }); document.getElementById(`f-${name}`)?.focus(); } else setProblem(e.message);
  };
  const save = (): void => {
    if (busy) return;
    setBusy(true);
    setProblem('');
    setWrong({});
    const sent = base ? call<{ id: number }>('PUT', `mailboxes/${base.id}`, bodyOf(now, base.version)) : call<{ id: number }>('POST', 'mailboxes', bodyOf(now));
    sent.then(({ id }) => { box.current?.close(); done(id); }, refused).catch((e: Error) => setProblem(e.message)).finally(() => setBusy(false));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey && (/Enter$/.test(event.code) || event.code === 'KeyS')) { event.preventDefault(); save(); }
  };
  const input = (name: Name, wide: string, more: Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'required'> & { required?: boolean } = {}, hint?: string): JSX.Element => (
    <Field name={name} label={labelOf(name)} wide={wide} required={more.required} wrong={wrong[name]}>
      <input id={`f-${name}`} value={now[name]} autocomplete="off" spellcheck={false} {...more} aria-invalid={wrong[name] ? true : undefined} aria-describedby={[wrong[name] && `w-${name}`, hint && `h-${name}`].filter(Boolean).join(' ') || undefined} onInput={(e) => set(name, e.currentTarget.value)} onKeyDown={onEnter(walk(name))} onBlur={() => { if (name === 'address' && !base && !now.user && now.address) set('user', now.address.trim()); /* as most servers have it */ }} />
      {hint && <small class="hint" id={`h-${name}`}>{hint}</small>}{theirs(name) && <small class="before">{say('Đang ghi', 'Now')}: <s>{stands[name] || '—'}</s></small>}</Field>
  );
  const select = (name: Name, wide: string, values: Value[]): JSX.Element => (
    <Field name={name} label={labelOf(name)} wide={wide} wrong={wrong[name]}><Select id={`f-${name}`} text={now[name]} values={values} set={(value) => set(name, value)} next={walk(name)} />
      {name === 'keep' && base && now.keep !== base.keep && <small class="hint">{say('Tính từ thư đến sau khi lưu.', 'For letters that come from now on.')}</small>}
      {theirs(name) && <small class="before">{say('Đang ghi', 'Now')}: <s>{stands[name] || '—'}</s></small>}</Field>
  );
  const codes = units.filter((u) => u.code).map((u): Value => [u.code ?? '', u.name, u.name]);
  const title = base ? say('Sửa hộp thư', 'Correct the mailbox') : say('Thêm hộp thư', 'Add a mailbox');
  return (
    <dialog class="side-sheet" ref={box} onClose={close} onKeyDown={press} aria-label={title}>
      <header><h2>{title}</h2>{base && <small class="break">{base.address}</small>}
        <button type="button" class="ib" aria-label={say('Đóng', 'Close')} onClick={() => box.current?.close()}><Icon name="x" /></button></header>
      <div class="scroll stack form">
        {problem && <div class="notice bad row" role="alert"><Icon name="circle-alert" /><div><b>{say('Chưa lưu', 'Not saved')}</b><span>{problem}</span></div></div>}
        <div class="grid">
          {input('address', 'w12', { required: true, inputMode: 'email' })}
          {input('host', 'w12', { required: true, inputMode: 'url' })}
          {select('security', 'w6', securities)}
          {input('port', 'w6', { required: true, inputMode: 'numeric' })}
          {input('user', 'w12', { required: true })}
          {input('password', 'w12', { required: ask, type: 'password', autocomplete: 'new-password' }, secret)}
          {select('unit', 'w12', [['', say('Chung', 'Common'), 'Common'], ...codes, ...(now.unit && !codes.some(([code]) => code === now.unit) ? [[now.unit, now.unit, now.unit] as Value] : [])])}
          {input('folders', 'w12', {}, say('Nhiều thư mục cách nhau bằng dấu chấm phẩy.', 'Several are parted by semicolons.'))}
          {select('keep', 'w12', keeps)}
        </div>
      </div>
      <div role="status">{again && <p class="notice row"><Icon name="refresh-cw" /><span>{say('Thư ở nơi mới được liệt kê lại từ đầu. Thư đã có được nhận ra, không nhập đôi.', 'All letters there are listed again. Those we have are recognised, none comes twice.')}</span></p>}</div>
      <footer><button type="button" class="button primary grow" aria-keyshortcuts="Control+Enter" aria-disabled={busy || undefined} onClick={save}><Icon name="check" />{base ? say('Lưu', 'Save') : say('Thêm hộp thư', 'Add')}<kbd>Ctrl ↵</kbd></button>
        <Button label={say('Thôi', 'Cancel')} press={() => box.current?.close()} /></footer>
    </dialog>
  );
}
