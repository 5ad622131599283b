import { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { call, post } from '../api';
import { Icon } from '../parts';
import { language, say, setLanguage } from '../words';

function Form({ login, refused, done }: { login?: string; refused?: number; done: () => void }): JSX.Element {
  const [error, set] = useState('');
  const [shown, show] = useState(false);
  const [busy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLInputElement>(null);
  // who types on when the session ends goes on typing; a refused deed leads here
  useLayoutEffect(() => {
    if (refused === 0 && document.activeElement?.matches('input, textarea')) return;
    (login ? password : first).current?.focus();
  }, [refused]);
  const send = (event: Event): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    post('session', { user: login ?? String(form.get('user')), password: String(form.get('password')), keep: form.get('keep') === 'on' })
      .then(done, (e: Error) => { set(e.message); password.current?.select(); password.current?.focus(); })
      .finally(() => setBusy(false));
  };
  return (
    <form class="stack" onSubmit={send}>
      {!login && <label class="field"><span>{say('Tên đăng nhập', 'Username')}</span><input ref={first} name="user" autocomplete="username" required /></label>}
      <label class="field"><span>{say('Mật khẩu', 'Password')}</span>
        <input ref={password} name="password" type={shown ? 'text' : 'password'} autocomplete="current-password" required aria-invalid={!!error} aria-describedby="login-error" /></label>
      <button type="button" class="link" onClick={() => show(!shown)}>{shown ? say('Ẩn mật khẩu', 'Hide password') : say('Hiện mật khẩu', 'Show password')}</button>
      {!login && <label class="check"><input type="checkbox" name="keep" />{say('Giữ đăng nhập trên máy này', 'Keep me signed in on this computer')}</label>}
      <p id="login-error" class="error" role="alert">{error}</p>
      <button class="button primary large" disabled={busy}>{say('Đăng nhập', 'Sign in')}</button>
    </form>
  );
}

export function Login({ done }: { done: () => void }): JSX.Element {
  return (
    <main class="login" id="content">
      <div class="login-card">
        <span class="seal"><Icon name="stamp" /></span>
        <h1>Sổ văn bản</h1>
        <p class="hint">{say('Đăng nhập để tiếp nhận, đăng ký và tra cứu văn bản.', 'Sign in to receive, register and find documents.')}</p>
        <Form done={done} />
        <button type="button" class="link" lang={language() === 'vi' ? 'en' : 'vi'} onClick={() => setLanguage(language() === 'vi' ? 'en' : 'vi')}>{language() === 'vi' ? 'English' : 'Tiếng Việt'}</button>
      </div>
    </main>
  );
}

/** The session ended while somebody typed: everything stays where it is. */
export function ReLogin({ login, refused, done }: { login: string; refused: number; done: () => void }): JSX.Element {
  return (
    <section class="relogin" role="dialog" aria-modal="false" aria-label={say('Đăng nhập lại', 'Sign in again')}>
      <p><strong>{say('Phiên đã hết hạn. Đăng nhập lại tại đây. Nội dung đang nhập được giữ nguyên.', 'Your session ended. Sign in here; what you typed is kept.')}</strong></p>
      <Form login={login} refused={refused} done={done} />
    </section>
  );
}

export function NewPassword({ done }: { done: () => void }): JSX.Element {
  const [error, set] = useState('');
  const send = (event: Event): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    call('PUT', 'session/password', { password: String(form.get('old')), new: String(form.get('new')) }).then(done, (e: Error) => set(e.message));
  };
  return (
    <main class="login" id="content">
      <form class="login-card stack" onSubmit={send}>
        <h1>{say('Đặt mật khẩu của bạn', 'Choose your password')}</h1>
        <p class="hint">{say('Mật khẩu vừa dùng chỉ dùng một lần. Mật khẩu mới có từ 10 ký tự.', 'That password works once. The new one has 10 characters or more.')}</p>
        <label class="field"><span>{say('Mật khẩu dùng một lần', 'One-time password')}</span><input name="old" type="password" autocomplete="current-password" required /></label>
        <label class="field"><span>{say('Mật khẩu mới', 'New password')}</span><input name="new" type="password" autocomplete="new-password" minLength={10} required /></label>
        <p class="error" role="alert">{error}</p>
        <button class="button primary large">{say('Đặt mật khẩu', 'Set password')}</button>
      </form>
    </main>
  );
}
