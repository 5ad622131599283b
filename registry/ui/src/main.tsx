import { render, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, me, Session, signedOut } from './api';
import { Login, ReLogin, NewPassword } from './screens/login';
import { Intake } from './screens/intake/intake';
import { RegisterIn } from './screens/register/register';
import { Shell } from './shell';
import { setCalendar, today } from './days';
import { openNews } from './live';
import { go, usePlace } from './route';
import { Toasts } from './parts';
import { lazy, loadIdle } from './parts/lazy';
import { say } from './words';

const Issue = lazy(() => import('./screens/issue/issue').then((m) => m.Issue));
const Book = lazy(() => import('./screens/book').then((m) => m.Book));
const DocumentPage = lazy(() => import('./screens/document/document').then((m) => m.DocumentPage));
const SearchPage = lazy(() => import('./screens/search/search').then((m) => m.SearchPage));
const Mailboxes = lazy(() => import('./screens/mailboxes/mailboxes').then((m) => m.Mailboxes));
const Audit = lazy(() => import('./screens/audit/audit').then((m) => m.Audit));
const DashboardPage = lazy(() => import('./screens/dashboard').then((m) => m.DashboardPage));
const MePage = lazy(() => import('./screens/me').then((m) => m.MePage));
const PrintPage = lazy(() => import('./screens/print').then((m) => m.PrintPage));
const Admin = lazy(() => import('./screens/admin/admin').then((m) => m.Admin));
const Dossiers = lazy(() => import('./screens/dossiers').then((m) => m.Dossiers));
const DossierPage = lazy(() => import('./screens/dossiers').then((m) => m.DossierPage));
const Work = lazy(() => import('./screens/work/work').then((m) => m.Work));

function loadCalendar(): void {
  get<{ days: { day: string | null; kind: string }[] }>(`calendar?year=${today().slice(0, 4)}`).then((c) => setCalendar(c.days), () => undefined);
}

function home(session: Session): string {
  const roles = session.user.roles;
  if (roles.includes('clerk')) return session.counts.todo ? '/tiep-nhan' : '/den';
  return roles.some((r) => r !== 'administrator') ? '/' : '/hop-thu';
}

function Screen({ session, reload }: { session: Session; reload: () => void }): JSX.Element {
  const { path, query } = usePlace();
  const parts = path.split('/').filter(Boolean);
  if (path === '/tiep-nhan' || parts[0] === 'tiep-nhan') return <Intake letter={Number(parts[1]) || 0} tab={query.get('tab') ?? 'todo'} changed={reload} />;
  if (path === '/den/moi') return <RegisterIn key={query.get('thu') ?? ''} letter={Number(query.get('thu')) || 0} changed={reload} />;
  if (path === '/di/moi') return <Issue key={query.toString()} query={query} />;
  if (parts[0] === 'den' || parts[0] === 'di') return <Book key={path} direction={parts[0] === 'den' ? 'in' : 'out'} year={Number(parts[1]) || 0} />;
  if (parts[0] === 'vb') return <DocumentPage id={Number(parts[1]) || 0} />;
  if (path === '/tra-cuu') return <SearchPage query={query} />;
  if (parts[0] === 'hop-thu') return <Mailboxes chosen={Number(parts[1]) || 0} manages={session.user.roles.includes('administrator')} />;
  if (path === '/nhat-ky') return <Audit query={query} />;
  if (path === '/') return <Work tab={query.get('tab') ?? ''} />;
  if (path === '/tong-quan') return <DashboardPage query={query} />;
  if (path === '/toi') return <MePage />;
  if (parts[0] === 'ho-so') return parts[1] ? <DossierPage id={Number(parts[1]) || 0} /> : <Dossiers />;
  if (parts[0] === 'quan-tri') return <Admin tab={parts[1] ?? ''} />;
  if (parts[0] === 'so' && parts[3] === 'in') return <PrintPage key={parts[1]} direction={parts[1] === 'di' ? 'out' : 'in'} year={Number(parts[2]) || 0} query={query} />;
  return <main class="content" id="content"><p class="empty">{say('Không có trang này.', 'There is no such page.')}</p></main>;
}

function App(): JSX.Element | null {
  const [session, set] = useState<Session | null | undefined>();
  // deeds refused since the session ended; none while it lives
  const [refused, setRefused] = useState<number | undefined>();
  const load = (): void => {
    get<Session>('session').then((s) => { me.session = s; set(s); setRefused(undefined); openNews(); loadCalendar(); setTimeout(loadIdle, 1500); }, (e) => { if (e.status) set((old) => old ?? null); });
  };
  const { path } = usePlace();
  const begun = useRef(false);
  signedOut.hear = (deed) => setRefused((n) => (n ?? 0) + Number(deed));
  useEffect(load, []);
  useEffect(() => {
    if (!session || session.user.must_change_password) return;
    // "/" is Việc của tôi, but a clerk begins elsewhere
    if (path === '/dang-nhap' || (path === '/' && !begun.current)) go(home(session), true);
    begun.current = true;
  }, [session, path]);
  if (session === undefined) return null;
  if (session === null) return <Login done={load} />;
  if (session.user.must_change_password) return <NewPassword done={load} />;
  return (
    <>
      <Shell session={session} reload={load}><Screen session={session} reload={load} /></Shell>
      {refused !== undefined && <ReLogin login={session.user.login} refused={refused} done={load} />}
      <Toasts />
    </>
  );
}

function start(): void {
  const box = document.getElementById('app');
  if (box) render(<App />, box);
  else document.addEventListener('DOMContentLoaded', start, { once: true });
}
start();
