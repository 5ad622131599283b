// The shortcut sheet (? or F1): this screen first, then everywhere.
import { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { call } from './api';
import { singleKeys } from './keys';
import { Button } from './parts';
import { language, say, setLanguage } from './words';

type Line = [keys: string, vi: string, en: string];

const everywhere: Line[] = [
  ['/', 'Tìm kiếm', 'Search'],
  ['g v · g t · g d · g i', 'Việc của tôi · Tiếp nhận · Văn bản đến · đi', 'My work · Intake · Incoming · Outgoing'],
  ['g s · g l · g q', 'Tra cứu · Hồ sơ · Tổng quan', 'Search · Dossiers · Overview'],
  ['g h · g a · g n', 'Hộp thư · Quản trị · Nhật ký', 'Mailboxes · Administration · Audit log'],
  ['? · F1', 'Bảng phím tắt này', 'This sheet'],
  ['z', 'Hoàn tác việc vừa làm', 'Undo'],
  ['Esc', 'Đóng, rời ô, quay lại', 'Close, leave the field, back'],
  ['[', 'Thu gọn, mở rộng thanh bên', 'Narrow or wide side'],
];
const lists: Line[] = [
  ['j k · ↓ ↑', 'Dòng sau, dòng trước (cả khi đang mở văn bản)', 'Next, previous (in a document too)'],
  ['Enter · o', 'Mở', 'Open'],
  ['x · Shift+J · Shift+K · Ctrl+A', 'Chọn nhiều dòng', 'Select several'],
  ['e', 'Sửa thông tin', 'Edit the entry'],
  ['n', 'Đăng ký mới', 'New'],
];
const intake: Line[] = [
  ['e', 'Đăng ký mới, lấy số đến', 'Register, take a number'],
  ['l', 'Gắn vào văn bản đã có', 'Attach to an existing document'],
  ['t · b · q', 'Trả lại · Không phải văn bản · Cách ly', 'Return · Not a document · Quarantine'],
  ['Shift+B', 'Không phải văn bản, lần sau tự xếp', 'Not a document, remember the sender'],
  ['x · Shift+J · Shift+K', 'Chọn nhiều thư', 'Select several'],
  ['Space · Shift+Space', 'Cuộn tệp xuống, lên', 'Page down, up in the file'],
  ['[ ]', 'Tệp trước, tệp sau', 'Previous, next file'],
  ['m', 'Lấy tệp này làm văn bản chính', 'Make this file the document'],
];
const overview: Line[] = [['Shift+E', 'Báo cáo của kỳ này', 'Report of this period']];
const search: Line[] = [['Shift+E', 'Xuất kết quả', 'Export the results'], ['← → · Shift+← →', 'Dời mép khoảng ngày một, bốn cột', 'Move an edge of the span by one, four bars']];
const form: Line[] = [
  ['Enter · Shift+Enter', 'Ô sau, ô trước', 'Next, previous field'],
  ['Tab', 'Tới ô cần xem lại', 'To the next field to look at'],
  ['Alt+1 … 9', 'Tới ô số n; đưa chữ đang chọn vào ô', 'To field n; puts selected text there'],
  ['Ctrl+Enter', 'Lưu, lấy số', 'Save and take the number'],
  ['F9', 'Lưu và chuyển', 'Save and route'],
  ['F4 · Alt+↓', 'Mở danh sách, mở lịch', 'Open the list or calendar'],
  ['F6', 'Tệp ↔ biểu mẫu', 'File ↔ form'],
  ['F7 · F8', 'Thư trước, thư sau (giữ nháp)', 'Previous, next letter (draft kept)'],
  ['F2 · Alt+L', 'So sánh · Gắn vào văn bản trùng', 'Compare · Attach to the duplicate'],
];

function groups(path: string): [string, Line[]][] {
  const own: [string, Line[]][] = /^\/(den|di)\/moi/.test(path) ? [[say('Biểu mẫu', 'Form'), form]]
    : path.startsWith('/tiep-nhan') ? [[say('Tiếp nhận', 'Intake'), intake], [say('Danh sách', 'Lists'), lists]]
      : path === '/tong-quan' ? [[say('Tổng quan', 'Overview'), overview]]
      : path === '/tra-cuu' ? [[say('Tra cứu', 'Search'), search], [say('Danh sách', 'Lists'), lists]]
        : [[say('Danh sách', 'Lists'), lists]];
  return [...own, [say('Mọi nơi', 'Everywhere'), everywhere]];
}

function setTheme(choice: string): void {
  const dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  localStorage.setItem('theme', choice);
}

/** Theme, language, signing out. */
export function Controls(): JSX.Element {
  const other = language() === 'vi' ? 'en' : 'vi';
  const [theme, set] = useState(localStorage.getItem('theme') ?? 'system');
  const choices: [string, string][] = [['system', say('Theo máy', 'System')], ['light', say('Sáng', 'Light')], ['dark', say('Tối', 'Dark')]];
  return (
    <>
      <div class="segments" role="group" aria-label={say('Giao diện', 'Theme')}>{choices.map(([value, label]) => (
        <button type="button" aria-pressed={theme === value} onClick={() => { setTheme(value); set(value); }}>{label}</button>))}</div>
      <a class="link" href="/toi">{say('Cài đặt của tôi', 'My settings')}</a>
      <button type="button" class="link" lang={other} onClick={() => setLanguage(other)}>{other === 'en' ? 'English' : 'Tiếng Việt'}</button>
      <button type="button" class="link" onClick={() => void call('DELETE', 'session').then(() => location.assign('/dang-nhap'))}>{say('Đăng xuất', 'Sign out')}</button>
    </>
  );
}

export function Help({ path, close }: { path: string; close: () => void }): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  const [single, set] = useState(singleKeys());
  useLayoutEffect(() => { ref.current?.showModal(); }, []);
  return (
    <dialog class="sheet" ref={ref} onClose={close} aria-label={say('Phím tắt', 'Shortcuts')}>
      <header><h2>{say('Phím tắt', 'Shortcuts')}</h2><Button label={say('Đóng', 'Close')} keys="Esc" kind="small" press={() => ref.current?.close()} /></header>
      <div class="sheet-keys">{groups(path).map(([title, lines]) => (
        <section><h3>{title}</h3><dl>{lines.map(([keys, vi, en]) => <div><dt>{say(vi, en)}</dt><dd><kbd>{keys}</kbd></dd></div>)}</dl></section>
      ))}</div>
      <footer>
        <label class="check"><input type="checkbox" checked={single} onChange={() => { localStorage.setItem('single-keys', single ? 'off' : 'on'); set(!single); }} />
          {say('Dùng phím tắt một chữ', 'Use single-key shortcuts')}</label>
        <div class="row"><Controls /></div>
      </footer>
    </dialog>
  );
}
