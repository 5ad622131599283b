import { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { call, get, Mailbox, post } from '../api';
import { useKeys } from '../keys';
import { Button, Empty, Problem, toast, useLoad } from '../parts';
import { go } from '../route';
import { printClock, printMoment, say } from '../words';
import { Wait } from '../parts/wait';

interface Folder { name: string; uidvalidity: number; messages: number; done: string; missing_here: string | null; aside: { uid: number; reason: string }[] }
type Whole = Mailbox & { folders: Folder[]; hours: number[] };

function stateOf(m: Mailbox): [string, string, string] {
  if (m.paused) return ['paused', '||', say('Tạm dừng', 'Paused')];
  if (m.state === 'error' || m.state === 'blocked') return ['bad', '✕', say('Lỗi', 'Error')];
  if (m.state === 'slow') return ['slow', '◷', say('Chậm', 'Slow')];
  if (!m.ok_at) return ['new', '·', say('Chưa đọc', 'Not read yet')];
  return ['good', '', say('Tốt', 'Good')];
}

const causes: Record<string, [string, string]> = {
  'login.refused': ['Máy chủ từ chối mật khẩu. Nhập mật khẩu mới; sau 3 lần hệ thống ngừng thử.', 'Password refused. Enter a new one; tries stop after 3.'],
  'tls.untrusted': ['Chứng thư máy chủ không được tin cậy.', 'The server certificate is not trusted.'],
  'tls.wrong_host': ['Chứng thư không đúng tên máy chủ.', 'The certificate is for another host.'],
  'connect.refused': ['Không kết nối được máy chủ.', 'Cannot reach the server.'],
  'connect.timeout': ['Máy chủ không trả lời.', 'The server does not answer.'],
  'dns.failed': ['Không tìm thấy tên máy chủ.', 'The host name is unknown.'],
  'server.garbage': ['Máy chủ trả lời sai giao thức.', 'The server breaks the protocol.'],
  'server.closed': ['Máy chủ ngắt kết nối giữa chừng.', 'The server hung up.'],
  'server.slow': ['Máy chủ trả lời quá chậm.', 'The server is too slow.'],
  'folder.missing': ['Không có thư mục này trên máy chủ.', 'No such folder on the server.'],
  'disk.full': ['Ổ đĩa của hệ thống đã đầy.', 'Our disk is full.'],
};

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

function Panel({ id, manages, changed }: { id: number; manages: boolean; changed: () => void }): JSX.Element | null {
  const { value: m, error, again } = useLoad(() => get<Whole>(`mailboxes/${id}`), [id]);
  const password = useRef<HTMLInputElement>(null);
  if (error) return <Problem error={error} />;
  if (!m) return null;
  const act = (verb: string): void => void post(`mailboxes/${id}/${verb}`, {}).then(() => { again(); changed(); }, (e: Error) => toast({ text: e.message }));
  const renew = (event: Event): void => {
    event.preventDefault();
    call('PUT', `mailboxes/${id}/password`, { password: password.current?.value ?? '' }).then(() => { toast({ text: say('Đã lưu mật khẩu mới', 'New password saved') }); again(); changed(); }, (e: Error) => toast({ text: e.message }));
  };
  const [kind, sign, word] = stateOf(m);
  const cause = m.code ? causes[m.code] : undefined;
  return (
    <div class="stack">
      <h2 class="break">{m.address}</h2>
      <p><span class={`cell ${kind}`} aria-hidden="true">{sign}</span> <b>{word}</b></p>
      {kind === 'bad' && <p class="problem">{cause ? say(...cause) : m.detail}</p>}
      {kind === 'bad' && cause && m.detail && <p class="hint break">{m.detail}</p>}
      <dl class="facts"><dt>{say('Đơn vị', 'Unit')}</dt><dd>{m.unit}</dd><dt>{say('Máy chủ', 'Server')}</dt><dd>{m.host}</dd>
        <dt>{say('Đọc gần nhất', 'Last read')}</dt><dd>{m.ok_at ? printMoment(m.ok_at) : '—'}</dd><dt>{say('Thư đã nhận', 'Letters')}</dt><dd>{m.letters}</dd>
        {m.folders.map((f) => <><dt>{f.name}</dt><dd>{say(`${f.messages} thư trên máy chủ`, `${f.messages} on the server`)}{f.missing_here ? ` · ${say('thiếu', 'missing')} ${f.missing_here}` : ''}
          {f.aside.map((a) => <div class="hint">UID {a.uid}: {a.reason}</div>)}</dd></>)}</dl>
      <Hours hours={m.hours} />
      {manages && <><div class="row">{m.paused ? <Button label={say('Chạy tiếp', 'Resume')} press={() => act('resume')} /> : <Button label={say('Tạm dừng', 'Pause')} press={() => act('pause')} />}
        <Button label={say('Thử lại', 'Try again')} press={() => act('retry')} /></div>
        <form class="stack" onSubmit={renew}><label class="field"><span>{say('Mật khẩu mới của hộp thư', 'New mailbox password')}</span><input ref={password} type="password" autocomplete="off" required /></label><button class="button">{say('Lưu mật khẩu', 'Save password')}</button></form></>}
    </div>
  );
}

export function Mailboxes({ chosen, manages }: { chosen: number; manages: boolean }): JSX.Element {
  const { value, error, again } = useLoad(() => get<{ items: Mailbox[] }>('mailboxes'), []);
  useEffect(() => { const timer = setInterval(again, 5000); return () => clearInterval(timer); }, []);
  const units = [...new Set((value?.items ?? []).map((m) => m.unit ?? ''))].sort((a, b) => a.localeCompare(b, 'vi'));
  const items = units.flatMap((u) => (value?.items ?? []).filter((m) => (m.unit ?? '') === u));
  const at = Math.max(0, items.findIndex((m) => m.id === chosen));
  const count = (kind: string): number => items.filter((m) => stateOf(m)[0] === kind).length;
  const move = (step: number): void => {
    const to = items[Math.min(items.length - 1, Math.max(0, at + step))];
    if (!to) return;
    go(`/hop-thu/${to.id}`, true);
    requestAnimationFrame(() => document.getElementById(`box-${to.id}`)?.focus());
  };
  useKeys({
    ArrowRight: () => move(1), ArrowLeft: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), J: () => move(1), K: () => move(-1),
    'Shift+1': () => { const bad = items.findIndex((m, i) => i > at && stateOf(m)[0] === 'bad'); if (bad >= 0) move(bad - at); },
  });
  return (
    <main class="content mailboxes" id="content">
      <section class="scroll" tabIndex={-1}>
        <h1>{say('Hộp thư', 'Mailboxes')} <small>{items.length}</small></h1>
        <p class="row" role="status"><span><span class="cell good" aria-hidden="true" /> {count('good')} {say('tốt', 'good')}</span><span><span class="cell slow" aria-hidden="true">◷</span> {count('slow')} {say('chậm', 'slow')}</span>
          <span><span class="cell bad" aria-hidden="true">✕</span> {count('bad')} {say('lỗi', 'errors')}</span><span><span class="cell paused" aria-hidden="true">||</span> {count('paused')} {say('tạm dừng', 'paused')}</span></p>
        <Wait value={value} error={error} again={again} />
        {items.length > 0 && <div class="card units">{units.map((unit) => (
          <div class="unit"><h2>{unit || say('Chung', 'Common')}<small>{items.filter((m) => (m.unit ?? '') === unit).length}</small></h2><div class="cells">{items.filter((m) => (m.unit ?? '') === unit).map((m) => {
            const [kind, sign, word] = stateOf(m);
            return <button type="button" id={`box-${m.id}`} class={`cell ${kind}`} tabIndex={m.id === items[at]?.id ? 0 : -1} aria-pressed={m.id === chosen} aria-label={`${m.address}, ${word}`} title={`${m.address}: ${word}`} onClick={() => go(`/hop-thu/${m.id}`, true)}>{sign}</button>;
          })}</div></div>
        ))}</div>}
        {value && !items.length && <Empty>{say('Chưa có hộp thư nào. Nhập bằng lệnh registry mailbox import.', 'No mailboxes yet. Use registry mailbox import.')}</Empty>}
      </section>
      <aside class="panel scroll" aria-label={say('Hộp thư đang chọn', 'Chosen mailbox')}>{chosen ? <Panel id={chosen} manages={manages} changed={again} /> : <Empty>{say('Chọn một hộp thư.', 'Choose a mailbox.')}</Empty>}</aside>
    </main>
  );
}
