// One mailbox: how it is and since when, why, what to do, its last day.
import { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { call, get, Mailbox, post } from '../../api';
import { Button, Icon, Problem, toast, useLoad } from '../../parts';
import { printClock, printMoment, say } from '../../words';
import { adviceOf, causeOf, kindOf, lagOf, printAt, printLag, signs, sizeOfSet, wordOf } from './state';

interface Folder { name: string; messages: number; missing_here: string | null; reconciled_at: number; aside: { uid: number; reason: string }[] }
type Whole = Mailbox & { folders: Folder[]; hours: number[] };
const count = new Intl.NumberFormat('vi-VN');

/** Letters by the hour, 24 hours back. */
function Hours({ hours }: { hours: number[] }): JSX.Element {
  const most = Math.max(1, ...hours);
  const sum = hours.reduce((a, b) => a + b, 0);
  const hour = (ago: number): string => printClock(Date.now() / 1000 - ago * 3600);
  const label = say(`24 giờ qua: ${sum} thư, nhiều nhất ${Math.max(...hours)} thư một giờ`, `Last 24 hours: ${sum} letters, ${Math.max(...hours)} at most in one`);
  return (
    <figure class="hours"><figcaption>{say('24 giờ qua', 'Last 24 hours')} <small>{say(`${sum} thư`, `${sum} letters`)}</small></figcaption>
      <div role="img" aria-label={label}>{hours.map((n, i) => <i title={`${hour(hours.length - i)}–${hour(hours.length - 1 - i)}: ${n}`} style={{ height: `${n ? Math.max(8, Math.round(n / most * 100)) : 3}%` }} class={n ? '' : 'none'} />)}</div>
      <p class="row"><small>{hour(24)} {say('hôm qua', 'yesterday')}</small><span class="grow" /><small>{hour(0)}</small></p></figure>
  );
}

/** Letters on the server held against letters here. */
function Compared({ folder, only }: { folder: Folder; only: boolean }): JSX.Element {
  const missing = sizeOfSet(folder.missing_here);
  return (
    <><dt>{only ? say('Đối chiếu máy chủ', 'Against the server') : folder.name}</dt>
      <dd class={missing ? 'hurt' : ''} title={folder.reconciled_at ? say(`Đối chiếu lúc ${printMoment(folder.reconciled_at)}`, `Compared at ${printMoment(folder.reconciled_at)}`) : undefined}>{count.format(Math.max(0, folder.messages - missing))} / {count.format(folder.messages)} {say('thư', 'letters')}
        {missing > 0 && <div class="hint break">{say(`Thiếu UID ${folder.missing_here}`, `Missing UID ${folder.missing_here}`)}</div>}
        {folder.aside.map((a) => <div class="hint break">{say(`Để riêng UID ${a.uid}: ${a.reason}`, `Set aside UID ${a.uid}: ${a.reason}`)}</div>)}</dd></>
  );
}

export function Panel({ id, listed, manages, others, changed, edit, children }: { id: number; listed?: Mailbox; manages: boolean; others: number; changed: () => void; edit: (old: Whole) => void; children?: ComponentChildren }): JSX.Element | null {
  const { value: m, error, again } = useLoad(() => get<Whole>(`mailboxes/${id}`), [id, listed?.tried_at, listed?.state, listed?.paused, listed?.letters, listed?.version]);
  const password = useRef<HTMLInputElement>(null);
  if (error) return <Problem error={error} again={again} />;
  if (!m) return null;
  const act = (verb: string): void => void post(`mailboxes/${id}/${verb}`, {}).then(() => { again(); changed(); }, (e: Error) => toast({ text: e.message }));
  const renew = (event: Event): void => {
    event.preventDefault();
    call('PUT', `mailboxes/${id}/password`, { password: password.current?.value ?? '' }).then(() => { if (password.current) password.current.value = ''; toast({ text: say('Đã lưu mật khẩu mới', 'New password saved') }); again(); changed(); }, (e: Error) => toast({ text: e.message }));
  };
  const kind = kindOf(m);
  const bad = kind === 'bad';
  const refused = m.code === 'login.refused';
  const form = manages && (
    <form class="stack" onSubmit={renew}><label class="field"><span>{say('Mật khẩu mới của hộp thư', 'New mailbox password')}</span><input key={id} ref={password} type="password" autocomplete="off" required /></label>
      <button class={`button ${bad && refused ? 'primary' : ''}`}><Icon name="lock" />{say('Lưu mật khẩu', 'Save password')}</button></form>
  );
  return (
    <div class="stack">
      <div class="stack close">
        <p><span class={`chip ${bad ? 'bad' : kind === 'slow' ? 'warn' : kind === 'good' ? 'good' : 'plain'}`}>{signs[kind] && <Icon name={signs[kind]} />}{wordOf(kind)}{bad && m.ok_at ? say(` từ ${printAt(m.ok_at)}`, ` since ${printAt(m.ok_at)}`) : ''}</span></p>
        <h2 class="break">{m.address}</h2>
        <p class="hint">{(listed ?? m).unit || say('Chung', 'Common')}</p>
      </div>
      {bad && <div class="notice bad"><b>{causeOf(m)}</b><p>{adviceOf(m)}</p>
        {others > 0 && !refused && <p>{say(`${others} hộp thư khác trên máy chủ này cũng lỗi.`, `${others} others on this server fail too.`)}</p>}
        {m.detail && m.detail !== causeOf(m) && <p class="hint break">{m.detail}</p>}</div>}
      {bad && refused && form}
      {manages && <div class="row">
        {!m.paused && <Button icon="refresh-cw" label={say('Thử lại', 'Try again')} kind={bad && !refused ? 'primary' : ''} press={() => act('retry')} />}
        {m.paused ? <Button label={say('Chạy tiếp', 'Resume')} kind="primary" press={() => act('resume')} /> : <Button icon="pause" label={say('Tạm dừng', 'Pause')} press={() => act('pause')} />}
        <Button icon="pencil" label={say('Sửa', 'Correct')} press={() => edit(m)} />
      </div>}
      <dl class="facts"><dt>{say('Đọc gần nhất', 'Last read')}</dt><dd>{printAt(m.ok_at)}</dd>
        {kind !== 'good' && m.ok_at > 0 && <><dt>{say('Trễ', 'Lag')}</dt><dd class={bad ? 'hurt' : ''}>{printLag(lagOf(m))}</dd></>}
        {m.folders.map((f) => <Compared folder={f} only={m.folders.length === 1} />)}
        {listed && <><dt>{say('Thư hôm nay', 'Letters today')}</dt><dd>{say(`${listed.today_letters} thư, ${listed.today_files} tệp`, `${listed.today_letters} letters, ${listed.today_files} files`)}</dd></>}
        <dt>{say('Đã nhận', 'Taken in all')}</dt><dd>{count.format(m.letters)} {say('thư', 'letters')}</dd><dt>{say('Máy chủ', 'Server')}</dt><dd class="break">{m.host}:{m.port}</dd></dl>
      <Hours hours={m.hours} />
      {children}
      {!(bad && refused) && form}
    </div>
  );
}
