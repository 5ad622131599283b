import { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { SavedSearch } from './api.generated';
import { get, Mailbox, post, Session } from './api';
import { useBarShown } from './bar';
import { Controls, Help } from './help';
import { expectKey, useKeys } from './keys';
import { useNews, useOnline } from './live';
import { Icon, moreToast, undoToast } from './parts';
import { Bell } from './parts/bell';
import { isRail, Place, places } from './places';
import { go, usePlace } from './route';
import { say } from './words';

function Offline(): JSX.Element | null {
  if (useOnline()) return null;
  return <p class="offline" role="status"><Icon name="wifi-off" /><span><b>{say('Mất kết nối.', 'No connection.')}</b> {say('Vẫn xem và nhập nháp được. Chưa cấp số.', 'You can read and draft. No number is taken.')}</span></p>;
}

/** How many mailboxes need somebody; asked at most once a minute. */
function useFaults(may: boolean): number {
  const [faults, set] = useState(0);
  const asked = useRef(0);
  const load = (): void => {
    if (!may || Date.now() - asked.current < 60000) return;
    asked.current = Date.now();
    get<{ items: Mailbox[] }>('mailboxes').then(({ items }) => set(items.filter((m) => !m.paused && (m.state === 'error' || m.state === 'blocked')).length), () => undefined);
  };
  useEffect(load, [may]);
  useNews(['mailbox'], load);
  return faults;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words.at(-2)?.[0] ?? '') + (words.at(-1)?.[0] ?? '')).toUpperCase();
}

function Me({ session, help }: { session: Session; help: () => void }): JSX.Element {
  const [open, set] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const out = (e: Event): void => { if (!box.current?.contains(e.target as Node)) set(false); };
    const esc = (e: KeyboardEvent): void => { if (e.code === 'Escape') { e.preventDefault(); set(false); } };
    document.addEventListener('mousedown', out);
    document.addEventListener('keydown', esc, true);
    return () => { document.removeEventListener('mousedown', out); document.removeEventListener('keydown', esc, true); };
  }, [open]);
  const { name, position } = session.user;
  return (
    <div class="me" ref={box}>
      <button type="button" class="avatar" aria-expanded={open} aria-label={say(`${name}: giao diện, ngôn ngữ, đăng xuất`, `${name}: theme, language, sign out`)} onClick={() => set(!open)}>{initials(name)}</button>
      <div class="who"><b>{name}</b><small>{position}</small></div>
      <button type="button" class="ib" aria-label={say('Trợ giúp và phím tắt (?)', 'Help and shortcuts (?)')} onClick={help}><Icon name="help" /></button>
      {open && <div class="menu"><b>{name}</b><Controls /></div>}
    </div>
  );
}

/** Questions that this person asks again; the search page keeps them. */
function Saved({ path }: { path: string }): JSX.Element | null {
  const [items, set] = useState<SavedSearch[]>([]);
  const load = (): void => { get<{ items: SavedSearch[] }>('saved-searches').then((a) => set(a.items.filter((s) => s.in_sidebar).slice(0, 6)), () => undefined); };
  useEffect(load, [path]);
  useNews(['number'], load, 60000);
  if (!items.length) return null;
  return (
    <section class="saved-places" aria-label={say('Tìm kiếm đã lưu', 'Saved searches')}>
      <small>{say('Tìm kiếm đã lưu', 'Saved searches')}</small>
      {items.map((s) => <a href={`/tra-cuu?${new URLSearchParams(s.query as Record<string, string>)}`} class="place" title={s.name} onClick={() => void post(`saved-searches/${s.id}/seen`, {}).then(load, () => undefined)}><Icon name="bookmark" /><span>{s.name}</span>{s.unseen ? <b class="hot">{s.unseen}</b> : null}</a>)}
    </section>
  );
}

function Side({ session, list, path, help }: { session: Session; list: Place[]; path: string; help: () => void }): JSX.Element {
  // a letter that is being registered belongs to intake
  const here = path === '/den/moi' && location.search.includes('thu=') ? '/tiep-nhan' : path;
  return (
    <nav class="side" aria-label={say('Điều hướng', 'Navigation')}>
      <div class="brand"><span class="seal"><Icon name="stamp" /></span><div><strong>Sổ văn bản</strong><small>{session.organisation.name}</small></div></div>
      {list.map((p) => (
        <a href={p.path} class="place" aria-current={here === p.path || here.startsWith(`${p.path}/`) ? 'page' : undefined} title={`${p.label} (g ${p.key.toLowerCase()})`}>
          <Icon name={p.icon} /><span>{p.label}</span>{p.bad ? <b class="bad">{say(`${p.bad} lỗi`, `${p.bad} faulty`)}</b> : p.count ? <b class="hot">{p.count}</b> : null}
        </a>
      ))}
      {list.some((p) => p.path === '/tra-cuu') && <Saved path={path} />}
      <Me session={session} help={help} />
    </nav>
  );
}

function TopBar({ session, path, search, help }: { session: Session; path: string; search: { current: HTMLInputElement | null }; help: () => void }): JSX.Element {
  const bar = useBarShown();
  const find = (event: Event): void => {
    event.preventDefault();
    go(`/tra-cuu?q=${encodeURIComponent(search.current?.value ?? '')}`);
  };
  return (
    <header class="bar">
      {bar?.back && <a class="ib" href={bar.back} aria-label={say('Quay lại', 'Back')}><Icon name="chevron-left" /></a>}
      {bar ? <h1 tabIndex={-1}>{bar.title} {bar.count ? <small class="tabular">{bar.count}</small> : null}</h1> : <span class="grow" />}
      {bar?.search !== false && <form role="search" class="find" onSubmit={find}>
        <Icon name="search" />
        <input ref={search} type="search" aria-label={say('Tìm trong sổ', 'Search the register')} placeholder={say('Tìm số, ký hiệu, trích yếu, cơ quan…', 'Number, symbol, summary, issuer…')} defaultValue={path === '/tra-cuu' ? new URLSearchParams(location.search).get('q') ?? '' : ''} />
        <kbd>/</kbd>
      </form>}
      {bar?.aside}
      {!bar?.aside && session.user.roles.includes('clerk') && (path.startsWith('/di')
        ? <a class="button" href="/di/moi" aria-keyshortcuts="n"><Icon name="plus" />{say('Cấp số văn bản đi', 'Issue a number')}<kbd>n</kbd></a>
        : <a class="button" href="/den/moi" aria-keyshortcuts="n"><Icon name="plus" />{say('Đăng ký văn bản giấy', 'Register a paper document')}<kbd>n</kbd></a>)}
      <Bell />
      <button type="button" class="ib narrow" aria-label={say('Phím tắt', 'Shortcuts')} onClick={help}><Icon name="help" /></button>
    </header>
  );
}

/** "g" and what may follow; the hint comes when one hesitates. */
function useJumps(list: Place[]): { hint: boolean; begin: () => void } {
  const [waiting, setWaiting] = useState(false);
  const [hint, setHint] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const soon = setTimeout(() => setHint(true), 400);
    const late = setTimeout(() => setWaiting(false), 1200);
    return () => { clearTimeout(soon); clearTimeout(late); setHint(false); };
  }, [waiting]);
  const begin = (): void => {
    setWaiting(true);
    expectKey(1200, (name) => {
      setWaiting(false);
      const place = list.find((p) => p.key === name);
      if (place) go(place.path);
      return !!place;
    });
  };
  return { hint, begin };
}

export function Shell({ session, reload, children }: { session: Session; reload: () => void; children: ComponentChildren }): JSX.Element {
  const { path } = usePlace();
  const [help, setHelp] = useState(false);
  const [narrow, setNarrow] = useState(localStorage.getItem('side') === 'narrow');
  const search = useRef<HTMLInputElement>(null);
  const list = places(session, useFaults(session.user.roles.some((r) => r === 'clerk' || r === 'administrator')));
  const jumps = useJumps(list);
  useNews(['queue'], reload);
  const screen = path.split('/').slice(0, 3).join('/').replace(/\/\d+$/, '');
  useEffect(() => {
    const timer = setTimeout(() => {
      const at = document.activeElement;
      if (!at || at === document.body) document.querySelector<HTMLElement>('.bar h1')?.focus({ preventScroll: true });
    }, 250);
    return () => clearTimeout(timer);
  }, [screen]);
  const showHelp = (): void => setHelp(true);
  useKeys({
    'Slash': () => { if (search.current) search.current.focus(); else go('/tra-cuu'); },
    'Shift+Slash': showHelp, 'F1': showHelp, 'Z': undoToast, 'Ctrl+Z': undoToast, 'R': () => { moreToast('r'); },
    'N': () => { if (session.user.roles.includes('clerk')) go(path.startsWith('/di') ? '/di/moi' : '/den/moi'); },
    'BracketLeft': () => { localStorage.setItem('side', narrow ? 'wide' : 'narrow'); setNarrow(!narrow); },
    'Escape': () => (document.activeElement as HTMLElement | null)?.blur(),
    'G': jumps.begin,
  });
  return (
    <div class={`app ${narrow || isRail(path) ? 'rail' : ''} ${path === '/tra-cuu' ? 'searching' : ''}`}>
      <a class="skip" href="#content">{say('Tới nội dung chính', 'Skip to content')}</a>
      <Side session={session} list={list} path={path} help={showHelp} />
      <div class="main">
        <Offline />
        <TopBar session={session} path={path} search={search} help={showHelp} />
        {children}
      </div>
      {jumps.hint && <p class="going" role="status">g… {list.map((p) => `${p.key.toLowerCase()} ${p.label}`).join(' · ')}</p>}
      {help && <Help path={path} close={() => setHelp(false)} />}
    </div>
  );
}
