// What the codes of the audit chain are called.
import { printDay, say } from '../../words';

/** Vietnamese, English; by the code's first part and its second. */
const actions: Record<string, [string, string]> = {
  'agency.add': ['Thêm cơ quan', 'Add an agency'], 'agency.confirm': ['Xác nhận cơ quan', 'Confirm an agency'],
  'audit.export': ['Xuất nhật ký', 'Export the log'], 'book.close': ['Đóng sổ', 'Close a book'], 'book.print': ['In sổ', 'Print a book'], 'book.rename': ['Đổi tên sổ', 'Rename a book'], 'book.series': ['Đổi dãy số', 'Change series'],
  'calendar.write': ['Sửa lịch làm việc', 'Change the calendar'], 'dispatch.hold': ['Chờ gửi', 'Hold before sending'], 'dispatch.stop': ['Dừng gửi', 'Stop sending'],
  'dossier.add': ['Thêm vào hồ sơ', 'Add to a dossier'], 'dossier.close': ['Kết thúc hồ sơ', 'Close a dossier'], 'dossier.edit': ['Sửa hồ sơ', 'Edit a dossier'], 'dossier.export': ['Xuất hồ sơ', 'Export a dossier'],
  'dossier.move': ['Xếp lại hồ sơ', 'Reorder a dossier'], 'dossier.open': ['Lập hồ sơ', 'Open a dossier'], 'dossier.remove': ['Bỏ khỏi hồ sơ', 'Remove from a dossier'], 'dossier.reopen': ['Mở lại hồ sơ', 'Reopen a dossier'],
  'entry.attach': ['Gắn tệp', 'Attach files'], 'entry.detach': ['Gỡ tệp', 'Detach files'], 'entry.edit': ['Sửa thông tin', 'Edit'], 'entry.open': ['Mở lần đầu', 'First opened'], 'entry.print': ['In phiếu', 'Print a slip'],
  'entry.register': ['Đăng ký', 'Register'], 'entry.relate': ['Liên kết văn bản', 'Relate'], 'entry.route': ['Chuyển', 'Route'], 'entry.rule': ['Đăng ký theo quy tắc', 'Registered by a rule'], 'entry.undo': ['Hoàn tác đăng ký', 'Undo'],
  'entry.unrelate': ['Gỡ liên kết', 'Unrelate'], 'entry.view': ['Xem văn bản', 'View'], 'entry.void': ['Ghi hủy số', 'Void a number'], 'file.view': ['Xem tệp', 'View a file'],
  'flow.answer': ['Trả lời', 'Answer'], 'flow.assign': ['Giao việc', 'Assign'], 'flow.comment': ['Ý kiến', 'Comment'], 'flow.complete': ['Hoàn thành', 'Complete'], 'flow.draft': ['Tải dự thảo', 'Upload a draft'],
  'flow.extend': ['Gia hạn', 'Extend'], 'flow.extend_ask': ['Xin gia hạn', 'Ask to extend'], 'flow.extend_refuse': ['Không gia hạn', 'Refuse to extend'], 'flow.handover': ['Bàn giao việc', 'Hand over work'], 'flow.instruct': ['Bút phê', 'Instruct'],
  'flow.part_done': ['Xong phần việc', 'Part done'], 'flow.pause': ['Tạm dừng', 'Pause'], 'flow.recall': ['Rút bút phê', 'Take an instruction back'], 'flow.recalled': ['Nơi gửi thu hồi', 'Taken back by its issuer'], 'flow.remind': ['Nhắc', 'Remind'],
  'flow.reopen': ['Mở lại việc', 'Reopen'], 'flow.resume': ['Xử lý tiếp', 'Resume'], 'flow.return': ['Chuyển lại', 'Return'], 'flow.route': ['Chuyển xử lý', 'Route'], 'flow.start': ['Nhận xử lý', 'Start'], 'flow.submit': ['Trình', 'Submit'],
  'grant.ask': ['Đề nghị quyền xem', 'Ask for a right'], 'grant.confirm': ['Xác nhận quyền', 'Confirm a right'], 'grant.end': ['Thôi quyền xem', 'End a right'], 'grant.refuse': ['Từ chối quyền', 'Refuse a right'],
  'letter.alarm': ['Báo động tệp', 'File alarm'], 'letter.aside': ['Để riêng thư', 'Set a letter aside'], 'letter.attach': ['Gắn thư', 'Attach a letter'], 'letter.conflict': ['Thư cùng số khác nội dung', 'Same number, other content'],
  'letter.not_document': ['Không phải văn bản', 'Not a document'], 'letter.follow': ['Theo thư cùng nội dung', 'Follow its copy'], 'letter.link': ['Liên kết thư', 'Link a letter'], 'letter.main': ['Chọn văn bản chính', 'Choose the main file'],
  'letter.move': ['Chuyển hộp thư', 'Moved'], 'letter.quarantine': ['Cách ly', 'Quarantine'], 'letter.reject_link': ['Bỏ đề xuất liên kết', 'Reject a link'], 'letter.reopen': ['Đưa lại hàng chờ', 'Back to the queue'], 'letter.return': ['Trả lại', 'Return to sender'],
  'letter.take': ['Nhận thư', 'Take a letter in'], 'letter.unlink': ['Gỡ liên kết thư', 'Unlink a letter'], 'mailbox.add': ['Thêm hộp thư', 'Add a mailbox'], 'mailbox.edit': ['Sửa hộp thư', 'Correct a mailbox'], 'mailbox.blocked': ['Hộp thư bị khóa', 'Mailbox blocked'], 'mailbox.import': ['Nhập hộp thư', 'Import mailboxes'],
  'mailbox.password': ['Đổi mật khẩu hộp thư', 'Mailbox password'], 'mailbox.pause': ['Tạm dừng hộp thư', 'Pause a mailbox'], 'mailbox.resume': ['Chạy lại hộp thư', 'Resume a mailbox'], 'mailbox.retry': ['Thử lại thư', 'Retry letters'],
  'number.reserve': ['Giữ số', 'Set a number aside'], 'number.unused': ['Số giữ, không dùng', 'Number not used'], 'report.export': ['Xuất báo cáo', 'Export a report'], 'search.export': ['Xuất kết quả tra cứu', 'Export results'],
  'sender.forget': ['Thôi nhớ người gửi', 'Forget a sender'], 'sender.remember': ['Nhớ người gửi', 'Remember a sender'], 'series.add': ['Thêm dãy số', 'Add a series'], 'series.begin': ['Đặt số bắt đầu', 'Set the first number'],
  'template.remove': ['Bỏ mẫu bút phê', 'Remove a sentence'], 'template.set': ['Ghi mẫu bút phê', 'Write a sentence'], 'trust.add': ['Thêm nơi tin cậy', 'Trust a sender'], 'trust.off': ['Tắt quy tắc', 'Rules off'], 'trust.on': ['Bật quy tắc', 'Rules on'],
  'trust.remove': ['Bỏ nơi tin cậy', 'Trust no more'], 'type.add': ['Thêm loại văn bản', 'Add a type'], 'type.close': ['Ngừng loại văn bản', 'Close a type'], 'type.rename': ['Đổi tên loại', 'Rename a type'],
  'unit.add': ['Thêm đơn vị', 'Add a unit'], 'unit.merge': ['Sáp nhập đơn vị', 'Merge units'], 'unit.rename': ['Đổi tên đơn vị', 'Rename a unit'], 'user.add': ['Thêm người', 'Add a person'], 'user.ask_roles': ['Đề nghị đổi quyền', 'Ask for roles'],
  'user.confirm_roles': ['Xác nhận quyền', 'Confirm roles'], 'user.edit': ['Sửa người dùng', 'Edit a person'], 'user.handover': ['Bàn giao', 'Hand over'], 'user.lock': ['Khóa tài khoản', 'Lock'], 'user.login': ['Đăng nhập', 'Sign in'],
  'user.refuse_roles': ['Từ chối đổi quyền', 'Refuse roles'], 'user.reset_password': ['Cấp lại mật khẩu', 'Reset a password'], 'user.set_password': ['Đổi mật khẩu', 'Change a password'], 'user.set_roles': ['Đổi quyền', 'Change roles'],
  'user.substitute': ['Cử người thay', 'Substitute'], 'user.substitute_end': ['Thôi thay', 'End of substitution'], 'user.unlock': ['Mở khóa', 'Unlock'],
};
const members: Record<string, [string, string]> = {
  reason: ['lý do', 'reason'], note: ['ghi chú', 'note'], subject: ['trích yếu', 'summary'], symbol: ['số, ký hiệu', 'symbol'], issuer: ['cơ quan ban hành', 'issuer'], document_day: ['ngày văn bản', 'date'], due_day: ['hạn', 'due'],
  receiver: ['nơi nhận', 'receiver'], signer_name: ['người ký', 'signatory'], signer_position: ['chức vụ', 'position'], urgency: ['độ khẩn', 'urgency'], pages: ['số trang', 'pages'], copies: ['số bản', 'copies'], name: ['tên', 'name'], code: ['mã', 'code'],
  number: ['số', 'number'], year: ['năm', 'year'], day: ['ngày', 'day'], text: ['nội dung', 'text'], format: ['dạng', 'format'], lines: ['số dòng', 'lines'], q: ['tìm', 'query'], from: ['từ', 'from'], to: ['đến', 'to'], address: ['địa chỉ', 'address'],
  roles: ['vai trò', 'roles'], role: ['vai trò', 'role'], login: ['tên đăng nhập', 'login'], position: ['chức vụ', 'position'], unit: ['đơn vị', 'unit'], letter: ['thư', 'letter'], file: ['tệp', 'file'], sender: ['người gửi', 'sender'], type: ['loại', 'type'],
  folder: ['thư mục', 'folder'], subject_of: ['về', 'about'], duplicate_reason: ['lý do đăng ký trùng', 'reason'], abbreviation: ['viết tắt', 'abbreviation'], first: ['số đầu', 'first'], proof: ['chứng', 'proof'],
  host: ['máy chủ', 'server'], port: ['cổng', 'port'], security: ['bảo mật', 'security'], user: ['tên đăng nhập', 'user'], password: ['mật khẩu', 'password'], folders: ['thư mục', 'folders'], keep: ['giữ lại', 'keep'],
};

export const actionCodes = Object.keys(actions);
export function actionName(code: string): string { return actions[code] ? say(...actions[code]) : code; }

export interface Phrase { label: string; old?: string; now: string }

function wordOf(value: unknown): string {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) ? printDay(value) : value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(wordOf).filter(Boolean).join(', ');
  return '';
}

/** The members that say something, changes as what was and what is. */
export function phrasesOf(detail: Record<string, unknown> = {}): Phrase[] {
  const all = { ...detail, ...(detail.fields as Record<string, unknown> | undefined) };
  return Object.entries(all).filter(([name]) => members[name]).map(([name, value]) => {
    const label = say(...members[name]);
    if (value && typeof value === 'object' && 'new' in value) {
      const change = value as { old?: unknown; new?: unknown };
      return { label, old: wordOf(change.old), now: wordOf(change.new) };
    }
    return { label, now: wordOf(value) };
  }).filter((p) => p.now || p.old).slice(0, 6);
}
