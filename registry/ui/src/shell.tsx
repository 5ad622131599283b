import { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, Session } from './api';
import { singleKeys, useKeys } from './keys';
import { Button, Icon, undoToast } from './parts';
import { go, usePlace } from './route';
import { language, say, setLanguage } from './words';

interface Place { path: string; icon: string; key: string; label: string; roles?: string[]; count?: number }

function places(session: Session): Place[] {
  const all: Place[] = [
    { path: '/tiep-nhan', icon: 'inbox', key: 'T', label: say('Tiếp nhận', 'Intake'), roles: ['clerk'], count: session.counts.todo },
    { path: '/den', icon: 'in', key: 'D', label: say('Văn bản đến', 'Incoming'), roles: ['clerk', 'leader'] },
    { path: '/di', icon: 'out', key: 'I', label: say('Văn bản đi', 'Outgoing'), roles: ['clerk', 'leader'] },
    { path: '/tra-cuu', icon: 'search', key: 'S', label: say('Tra cứu', 'Search'), roles: ['clerk', 'leader', 'unit_head', 'specialist'] },
    { path: '/hop-thu', icon: 'mails', key: 'H', label: say('Hộp thư', 'Mailboxes'), roles: ['clerk', 'administrator'] },
    { path: '/nhat-ky', icon: 'audit', key: 'N', label: say('Nhật ký', 'Audit log'), roles: ['administrator'] },
  ];
  return all.filter((p) => p.roles?.some((r) => session.user.roles.some((own) => own === r)));
}

const sheet: [string, string, string][] = [
  ['/', 'Tìm kiếm', 'Search'],
  ['g t · g d · g i', 'Tiếp nhận · Văn bản đến · Văn bản đi', 'Intake · Incoming · Outgoing'],
  ['g s · g h · g n', 'Tra cứu · Hộp thư · Nhật ký', 'Search · Mailboxes · Audit log'],
  ['j k', 'Dòng sau, dòng trước', 'Next, previous'],
  ['Enter', 'Mở', 'Open'],
  ['e · l · b · q · t', 'Đăng ký · Gắn · Không phải văn bản · Cách ly · Trả lại', 'Register · Attach · Not a document · Quarantine · Return'],
  ['[ ]', 'Tệp trước, tệp sau', 'Previous, next file'],
  ['Ctrl+Enter', 'Lưu, lấy số', 'Save and take the number'],
  ['F6', 'Đổi khung tệp và biểu mẫu', 'File or form'],
  ['F8', 'Thư sau', 'Next letter'],
  ['z', 'Hoàn tác', 'Undo'],
  ['Esc', 'Đóng, quay lại', 'Close, back'],
];

/** Theme, language, sign out: beside the name, and in the sheet where the side is narrow. */
function Controls(): JSX.Element {
  return (
    <>
      <button type="button" class="link" onClick={switchTheme}>{say('Sáng / Tối', 'Light / Dark')}</button>
      <button type="button" class="link" lang={language() === 'vi' ? 'en' : 'vi'} onClick={() => setLanguage(language() === 'vi' ? 'en' : 'vi')}>{language() === 'vi' ? 'English' : 'Tiếng Việt'}</button>
      <button type="button" class="link" onClick={() => void call('DELETE', 'session').then(() => location.assign('/dang-nhap'))}>{say('Đăng xuất', 'Sign out')}</button>
    </>
  );
}

function Help({ close }: { close: () => void }): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  const [single, set] = useState(singleKeys());
  useEffect(() => { ref.current?.showModal(); }, []);
  return (
    <dialog class="sheet" ref={ref} onClose={close} aria-label={say('Phím tắt', 'Shortcuts')}>
      <h2>{say('Phím tắt', 'Shortcuts')}</h2>
      <dl>{sheet.map(([keys, vi, en]) => <div><dt><kbd>{keys}</kbd></dt><dd>{say(vi, en)}</dd></div>)}</dl>
      <label class="check"><input type="checkbox" checked={single} onChange={() => { localStorage.setItem('single-keys', single ? 'off' : 'on'); set(!single); }} />
        {say('Dùng phím tắt một chữ', 'Use single-key shortcuts')}</label>
      <div class="row"><Controls /></div>
      <Button label={say('Đóng', 'Close')} press={() => ref.current?.close()} />
    </dialog>
  );
}

function switchTheme(): void {
  const dark = document.documentElement.dataset.theme !== 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  localStorage.setItem('theme', dark ? 'dark' : 'light');
}

function Offline(): JSX.Element | null {
  const [off, set] = useState(!navigator.onLine);
  useEffect(() => {
    const f = (): void => set(!navigator.onLine);
    addEventListener('online', f);
    addEventListener('offline', f);
    return () => { removeEventListener('online', f); removeEventListener('offline', f); };
  }, []);
  return off ? <p class="offline" role="status">{say('Mất kết nối. Vẫn xem và nhập nháp được. Chưa cấp số.', 'No connection. You can read and draft. No number is taken.')}</p> : null;
}

export function Shell({ session, reload, children }: { session: Session; reload: () => void; children: ComponentChildren }): JSX.Element {
  const { path } = usePlace();
  const [help, setHelp] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const list = places(session);
  const rail = /^\/(tiep-nhan|den\/moi)/.test(path);
  const jump = Object.fromEntries(list.map((p) => [p.key, () => { setWaiting(false); go(p.path); }]));
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setWaiting(false), 1200);
    return () => clearTimeout(timer);
  }, [waiting]);
  useEffect(() => {
    const timer = setInterval(reload, 30000);
    return () => clearInterval(timer);
  }, []);
  useKeys({
    'Slash': () => search.current?.focus(),
    'G': () => setWaiting(true),
    'Shift+Slash': () => setHelp(true),
    'F1': () => setHelp(true),
    'Z': undoToast,
    'Escape': () => (document.activeElement as HTMLElement | null)?.blur(),
    ...(waiting ? jump : {}),
  });
  const find = (event: Event): void => {
    event.preventDefault();
    go(`/tra-cuu?q=${encodeURIComponent(search.current?.value ?? '')}`);
  };
  return (
    <div class={`app ${rail ? 'rail' : ''} ${path === '/tra-cuu' ? 'searching' : ''}`}>
      <a class="skip" href="#content">{say('Tới nội dung chính', 'Skip to content')}</a>
      <nav class="side" aria-label={say('Điều hướng', 'Navigation')}>
        <div class="brand"><span class="seal"><Icon name="stamp" /></span><div><strong>Sổ văn bản</strong><small>{session.organisation.name}</small></div></div>
        {list.map((p) => (
          <a href={p.path} class="place" aria-current={path.startsWith(p.path) ? 'page' : undefined} title={`${p.label} (g ${p.key.toLowerCase()})`}>
            <Icon name={p.icon} /><span>{p.label}</span>{p.count ? <b>{p.count}</b> : null}
          </a>
        ))}
        <div class="me">
          <span class="name">{session.user.name}</span>
          <Controls />
        </div>
      </nav>
      <div class="main">
        <Offline />
        <header class="bar">
          <form role="search" class="find" onSubmit={find}>
            <Icon name="search" />
            <input ref={search} type="search" aria-label={say('Tìm trong sổ', 'Search the register')} placeholder={say('Tìm số, ký hiệu, trích yếu, cơ quan…', 'Number, symbol, summary, issuer…')} defaultValue={path === '/tra-cuu' ? new URLSearchParams(location.search).get('q') ?? '' : ''} />
            <kbd>/</kbd>
          </form>
          {session.user.roles.includes('clerk') && <a class="button" href="/den/moi"><Icon name="plus" />{say('Đăng ký văn bản giấy', 'Register a paper document')}</a>}
          <button type="button" class="button quiet" aria-label={say('Phím tắt', 'Shortcuts')} onClick={() => setHelp(true)}><Icon name="help" /></button>
        </header>
        {children}
      </div>
      {waiting && <p class="going" role="status">g… {list.map((p) => `${p.key.toLowerCase()} ${p.label}`).join(' · ')}</p>}
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}
