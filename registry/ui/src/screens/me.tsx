// Tôi (/toi): how the app looks and acts for this person, who stands in, passwords.
import { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { call, get, me, post, Refusal } from '../api';
import { useBar } from '../bar';
import { parseDay } from '../days';
import { Controls } from '../help';
import { singleKeys } from '../keys';
import { useLists } from '../lists';
import { Button, Icon, toast, useLoad } from '../parts';
import { Choose } from '../parts/choose';
import { DayField } from '../parts/day-field';
import { Template } from '../flow';
import { printDay, say } from '../words';

interface Substitute { id: number; user: number; user_name: string; substitute_name: string; from_day: string | null; to_day: string | null; active: boolean }

function Substitutes(): JSX.Element {
  const { value, again } = useLoad(() => get<{ items: Substitute[] }>('substitutes'), []);
  const { people } = useLists('in');
  const [who, setWho] = useState({ text: '', id: 0 });
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const fail = (e: Refusal): void => toast({ text: e.message });
  const add = (): void => {
    post('substitutes', { substitute: who.id, from_day: parseDay(from, 'future') || null, to_day: parseDay(to, 'future') || null, reason: '' }).then(() => { setWho({ text: '', id: 0 }); setFrom(''); setTo(''); again(); }, fail);
  };
  return (
    <section class="box-card"><header><h2>{say('Người thay khi vắng', 'Who stands in for me')}</h2></header>
      <ul class="lines">{value?.items.map((s) => <li><span><b>{s.substitute_name}</b> {say('thay', 'for')} {s.user_name}</span><small>{printDay(s.from_day)} – {printDay(s.to_day)}</small>
        <Button label={say('Kết thúc', 'End')} kind="small" press={() => void call('DELETE', `substitutes/${s.id}`).then(again, fail)} /></li>)}</ul>
      <div class="row inset"><Choose id="stand-in" label={say('Người thay', 'Who')} placeholder={say('Người thay', 'Who')} text={who.text} choices={people} set={(text, id) => setWho({ text, id })} next={() => undefined} />
        <DayField id="away-from" text={from} nearest="future" set={setFrom} next={() => undefined} /><DayField id="away-to" text={to} nearest="future" set={setTo} next={() => undefined} />
        <Button label={say('Thêm', 'Add')} icon="plus" press={add} /></div></section>
  );
}

function Sentences(): JSX.Element {
  const { value, again } = useLoad(() => get<{ items: Template[] }>('templates'), []);
  const ref = useRef<HTMLInputElement>(null);
  const fail = (e: Refusal): void => toast({ text: e.message });
  const add = (): void => { const text = ref.current?.value.trim(); if (text) post('templates', { text }).then(() => { if (ref.current) ref.current.value = ''; again(); }, fail); };
  return (
    <section class="box-card"><header><h2>{say('Mẫu bút phê', 'Instruction templates')}</h2></header>
      <ul class="lines">{value?.items.map((t) => <li><span>{t.text}</span>{t.shared ? <span class="chip plain">{say('chung', 'shared')}</span> : <Button label={say('Bỏ', 'Remove')} kind="small" press={() => void call('DELETE', `templates/${t.id}`).then(again, fail)} />}</li>)}</ul>
      <div class="row inset"><input ref={ref} class="grow" aria-label={say('Mẫu mới', 'New template')} placeholder={say('Mẫu của tôi…', 'My own…')} /><Button label={say('Thêm', 'Add')} icon="plus" press={add} /></div></section>
  );
}

function Password(): JSX.Element {
  const old = useRef<HTMLInputElement>(null);
  const next = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const send = (event: Event): void => {
    event.preventDefault();
    call('PUT', 'session/password', { password: old.current?.value, new: next.current?.value }).then(() => { setProblem(''); toast({ text: say('Đã đổi mật khẩu.', 'Password changed.') }); (event.target as HTMLFormElement).reset(); }, (e: Refusal) => setProblem(e.message));
  };
  return (
    <section class="box-card"><header><h2>{say('Đổi mật khẩu', 'Change password')}</h2></header>
      <form class="row inset" onSubmit={send}><input type="text" class="sr" autocomplete="username" value={me.session?.user.login} readOnly tabIndex={-1} aria-hidden="true" />
        <input ref={old} type="password" autocomplete="current-password" class="grow" aria-label={say('Mật khẩu đang dùng', 'Current password')} placeholder={say('Mật khẩu đang dùng', 'Current password')} />
        <input ref={next} type="password" autocomplete="new-password" class="grow" aria-label={say('Mật khẩu mới', 'New password')} placeholder={say('Mật khẩu mới', 'New password')} />
        <button type="submit" class="button">{say('Đổi', 'Change')}</button><span class="error" role="alert">{problem}</span></form></section>
  );
}

export function MePage(): JSX.Element {
  const [single, set] = useState(singleKeys());
  const [dense, setDense] = useState(localStorage.getItem('density') === 'dense');
  const user = me.session?.user;
  const works = !!user?.roles.some((r) => r !== 'administrator');
  useBar({ title: say('Tôi', 'Me'), count: user?.name });
  const thick = (): void => {
    localStorage.setItem('density', dense ? 'normal' : 'dense');
    document.documentElement.dataset.density = dense ? 'normal' : 'dense';
    setDense(!dense);
  };
  return (
    <main class="content narrow-page" id="content">
      <section class="box-card"><header><h2>{user?.name}</h2><small>{user?.position}</small></header><div class="inset stack"><Controls />
        <label class="check"><input type="checkbox" checked={dense} onChange={thick} />{say('Danh sách dày (một dòng)', 'Dense lists (one line)')}</label>
        <label class="check"><input type="checkbox" checked={single} onChange={() => { localStorage.setItem('single-keys', single ? 'off' : 'on'); set(!single); }} />{say('Dùng phím tắt một chữ', 'Use single-key shortcuts')}</label></div></section>
      {works && <Sentences />}
      {works && <Substitutes />}
      <Password />
      <p class="hint"><Icon name="help" /> {say('Bảng phím tắt: ? hoặc F1', 'Shortcuts: ? or F1')}</p>
    </main>
  );
}
