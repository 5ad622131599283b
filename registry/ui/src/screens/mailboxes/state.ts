// How a mailbox is, in a word, a sign and a sentence (ui.md 6.11).
import { Mailbox } from '../../api';
import { dayOf, printClock, say } from '../../words';

export type Kind = 'bad' | 'slow' | 'paused' | 'new' | 'good';
/* An idle connection is renewed within 25 minutes: till 30, silence says nothing. */
const SILENT = 30 * 60;
const ALARMS_OF_A_SERVER = 5;

export const signs: Record<Kind, string> = { bad: 'x', slow: 'clock', paused: 'pause', new: '', good: '' };

export function lagOf(m: Mailbox): number {
  return m.ok_at ? Math.max(0, Math.floor(Date.now() / 1000) - m.ok_at) : 0;
}

export function kindOf(m: Mailbox): Kind {
  if (m.paused) return 'paused';
  if (m.state === 'error' || m.state === 'blocked') return 'bad';
  if (!m.ok_at) return 'new';
  return m.state === 'slow' || lagOf(m) > SILENT ? 'slow' : 'good';
}

export function wordOf(kind: Kind): string {
  const words: Record<Kind, [string, string]> = {
    bad: ['Lỗi', 'Error'], slow: ['Chậm', 'Slow'], paused: ['Tạm dừng', 'Paused'], new: ['Chưa đọc', 'Not read yet'], good: ['Bình thường', 'Good'],
  };
  return say(...words[kind]);
}

/** "07:12", with its day when that is not today. */
export function printAt(seconds: number): string {
  if (!seconds) return say('chưa lần nào', 'never');
  const day = dayOf(seconds);
  return day === dayOf(Date.now() / 1000) ? printClock(seconds) : `${printClock(seconds)}, ${day}`;
}

export function printLag(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return say(`${minutes} phút`, `${minutes} min`);
  const rest = String(minutes % 60).padStart(2, '0');
  if (minutes < 48 * 60) return say(`${Math.floor(minutes / 60)} giờ ${rest} phút`, `${Math.floor(minutes / 60)} h ${rest} min`);
  return say(`${Math.floor(minutes / 1440)} ngày`, `${Math.floor(minutes / 1440)} days`);
}

interface Cause { short: [string, string]; advice: [string, string] }
const causes: Record<string, Cause> = {
  'login.refused': { short: ['Máy chủ từ chối mật khẩu', 'Password refused'], advice: ['Mật khẩu có thể đã đổi hoặc hết hạn. Nhập mật khẩu mới; sau 3 lần bị từ chối, hệ thống ngừng thử để hộp thư không bị khóa.', 'It may have changed or expired. Enter a new one; after 3 refusals we stop, so that the account is not locked.'] },
  'tls.untrusted': { short: ['Chứng thư máy chủ không hợp lệ', 'Server certificate not valid'], advice: ['Báo đơn vị quản lý máy chủ thư thay chứng thư, hoặc thêm nơi cấp vào danh sách tin cậy (--ca).', 'Ask the mail server\'s owner to renew it, or add its issuer to the trusted ones (--ca).'] },
  'tls.wrong_host': { short: ['Chứng thư không đúng tên máy chủ', 'Certificate for another host'], advice: ['Sửa tên máy chủ cho khớp với chứng thư.', 'Correct the host name so that it fits the certificate.'] },
  'tls.failed': { short: ['Không lập được kết nối mã hóa', 'No encrypted connection'], advice: ['Máy chủ dùng kiểu mã hóa cũ, hoặc sai cổng.', 'The server speaks an old kind of TLS, or the port is wrong.'] },
  'starttls.refused': { short: ['Máy chủ không cho mã hóa', 'Server refuses to encrypt'], advice: ['Hệ thống không gửi mật khẩu khi chưa mã hóa. Dùng cổng TLS.', 'We send no password in the clear. Use the TLS port.'] },
  'connect.refused': { short: ['Không kết nối được máy chủ', 'Cannot reach server'], advice: ['Kiểm tra máy chủ và đường mạng; hệ thống tự thử lại.', 'Check the server and the network; we try again by ourselves.'] },
  'connect.timeout': { short: ['Máy chủ không trả lời', 'Server does not answer'], advice: ['Kiểm tra máy chủ và đường mạng; hệ thống tự thử lại.', 'Check the server and the network; we try again by ourselves.'] },
  'dns.failed': { short: ['Không tìm thấy tên máy chủ', 'Host name unknown'], advice: ['Kiểm tra tên máy chủ đã nhập.', 'Check the host name as it was entered.'] },
  'server.garbage': { short: ['Máy chủ trả lời sai giao thức', 'Server breaks the protocol'], advice: ['Kiểm tra tên máy chủ và cổng.', 'Check host and port.'] },
  'server.closed': { short: ['Máy chủ ngắt kết nối giữa chừng', 'Server hung up'], advice: ['Hệ thống tự thử lại; thư chưa lấy vẫn nằm trên máy chủ.', 'We try again; letters not taken stay on the server.'] },
  'server.slow': { short: ['Máy chủ trả lời quá chậm', 'Server too slow'], advice: ['Hệ thống tự thử lại; thư chưa lấy vẫn nằm trên máy chủ.', 'We try again; letters not taken stay on the server.'] },
  'folder.missing': { short: ['Không có thư mục này trên máy chủ', 'No such folder'], advice: ['Sửa tên thư mục của hộp thư.', 'Correct the folder names of the mailbox.'] },
  'token.missing': { short: ['Thiếu mã đăng nhập OAuth', 'OAuth token missing'], advice: ['Kiểm tra lệnh lấy mã trong cấu hình.', 'Check the command that fetches it.'] },
  'disk.full': { short: ['Ổ đĩa của hệ thống đã đầy', 'Our disk is full'], advice: ['Thư chờ trên máy chủ; giải phóng ổ đĩa, hệ thống tự đọc tiếp.', 'Letters wait on the server; free the disk and reading goes on.'] },
  'crashed': { short: ['Một thư làm bộ đọc dừng', 'A letter stopped the reader'], advice: ['Thư đó được để riêng; bấm Thử lại sau khi nâng cấp.', 'It was set aside; try again after an upgrade.'] },
};

export function causeOf(m: Mailbox): string {
  const cause = causes[m.code ?? ''];
  return cause ? say(...cause.short) : m.detail || m.code || '';
}

export function adviceOf(m: Mailbox): string {
  const cause = causes[m.code ?? ''];
  return cause ? say(...cause.advice) : '';
}

/** Servers on which so many fail that one alarm takes the place of all. */
export function failingServers(items: Mailbox[]): { host: string; bad: Mailbox[]; all: number }[] {
  const bad = items.filter((m) => kindOf(m) === 'bad');
  return [...new Set(bad.map((m) => m.host))]
    .map((host) => ({ host, bad: bad.filter((m) => m.host === host), all: items.filter((m) => m.host === host).length }))
    .filter((s) => s.bad.length >= ALARMS_OF_A_SERVER);
}

/** How many numbers "1:3,7" holds. */
export function sizeOfSet(set: string | null): number {
  return (set ?? '').split(',').filter(Boolean).reduce((sum, range) => {
    const [first, last = first] = range.split(':').map(Number);
    return sum + last - first + 1;
  }, 0);
}
