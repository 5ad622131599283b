// What a letter says about its document, for intake and the form.
import { Attachment, Letter, Proposal } from './api';
import { Viewed } from './parts';
import { Box } from './parts/paper';
import { printDay, say } from './words';

/** Below it a proposal is no more than a guess, and the field stays empty. */
export const LOOK_MIN = 600;

export type FieldName = Proposal['field'];

export interface Shown extends Viewed { role: Attachment['role']; note: string; attachment?: Attachment }

const roleNames: Record<Attachment['role'], [string, string]> = {
  main: ['Văn bản chính', 'Document'], annex: ['Phụ lục', 'Annex'], copy: ['Bản sửa được', 'Editable copy'],
  card: ['Hình trong thư', 'Picture'], package: ['Gói tệp', 'Package'], message: ['Thư kèm', 'Letter inside'],
};

function isMain(letter: Letter, sha256: string): boolean { return letter.main?.sha256 === sha256; }

/** Files in the order of their weight: the document first, no logos. */
export function filesOf(letter?: Letter): Shown[] {
  if (!letter) return [];
  const read = (letter.attachments ?? []).filter((a) => a.role !== 'card');
  const shown: Shown[] = read.length
    ? read.map((a) => ({ sha256: a.sha256, name: a.name, type: a.type, bytes: a.bytes, role: isMain(letter, a.sha256) ? 'main' : a.role === 'main' ? 'annex' : a.role, note: '', attachment: a }))
    : (letter.parts ?? []).filter((p) => p.class === 'file' || p.class === 'message').map((p) => ({ ...p, role: p.class === 'message' ? 'message' : 'annex', note: '' }));
  const order = ['main', 'annex', 'copy', 'message', 'package', 'card'];
  shown.sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const annexes = shown.filter((s) => s.role === 'annex').length;
  let n = 0;
  for (const one of shown) {
    one.note = say(...roleNames[one.role]);
    if (one.role === 'annex' && annexes > 1) one.note += ` ${++n}`;
  }
  return shown;
}

/** The best reading of one field, if it is worth showing. */
export function readOf(letter: Letter | undefined, field: FieldName): Proposal | undefined {
  return letter?.proposals?.find((p) => p.field === field && p.confidence >= LOOK_MIN);
}

export function isSure(proposal: Proposal): boolean { return proposal.sure; }

/** As the form shows it. */
export function printRead(proposal: Proposal): string {
  if (proposal.field === 'document_day' || proposal.field === 'due_day') return printDay(proposal.value);
  if (proposal.field === 'urgency') return urgencyName(Number(proposal.value));
  if (proposal.field === 'subject') return proposal.value.charAt(0).toUpperCase() + proposal.value.slice(1);
  return proposal.value;
}

const urgencies: [string, string][] = [['Thường', 'Normal'], ['Khẩn', 'Urgent'], ['Thượng khẩn', 'Very urgent'], ['Hỏa tốc', 'Express']];
export function urgencyName(level: number): string { return say(...(urgencies[level] ?? urgencies[0])); }
export const urgencyChoices: [string, string, string][] = urgencies.map(([vi, en], i) => [String(i), vi, en]);

const sources: Record<Proposal['source'], [string, string]> = {
  text: ['chữ trong tệp', 'text of the file'], ocr: ['nhận dạng từ ảnh quét', 'recognised from a scan'], edxml: ['gói tin của nơi gửi', 'stated by the sender'],
  signature: ['chữ ký số', 'digital signature'], file_name: ['tên tệp', 'name of the file'], mail_subject: ['tiêu đề thư', 'subject of the mail'],
  notation: ['ký hiệu của cơ quan', 'letters of the symbol'], sender: ['địa chỉ gửi', 'address of the sender'],
};

/** Where it was read, as a sentence for the tooltip. */
export function sourceOf(proposal: Proposal): string {
  const page = proposal.page ? say(`, trang ${proposal.page}`, `, page ${proposal.page}`) : '';
  return say(...sources[proposal.source]) + page;
}

/** Places on the pages of one file. */
export function boxesOf(letter: Letter | undefined, sha256: string | undefined, fields: readonly FieldName[], labels: Record<string, string>): Box[] {
  const out: Box[] = [];
  for (const field of fields) {
    const read = readOf(letter, field);
    if (!read || read.file !== sha256 || !sha256) continue;
    out.push({ field, label: labels[field] ?? field, page: read.page, box: read.box ?? [0, 0, 0, 0], sure: read.sure, value: printRead(read), seen: read.seen });
  }
  return out.filter((b) => b.page > 0 || b.seen);
}

/** The state of a signature: for a chip, or a line among the facts. */
export function signatureOf(letter: Letter): { good: boolean; text: string } | null {
  const signed = (letter.attachments ?? []).filter((a) => a.signatures.length);
  const file = signed.find((a) => a.sha256 === letter.main?.sha256) ?? signed[0];
  if (!file) return null;
  const bad = file.signatures.find((s) => s.state !== 'signed');
  const one = bad ?? file.signatures[0];
  const who = one.organisation ?? one.name ?? '';
  if (bad?.state === 'changed') return { good: false, text: say(`Tệp đã sửa sau khi ký – ${who}`, `Changed after signing – ${who}`) };
  if (bad) return { good: false, text: say(`Không hợp lệ – ${who}`, `Not valid – ${who}`) };
  return { good: one.trusted, text: one.trusted ? say(`Hợp lệ – ${who}`, `Valid – ${who}`) : say(`Đủ, chưa rõ nơi cấp – ${who}`, `Whole, issuer not known – ${who}`) };
}

export const secretText = (): string => say('Văn bản mật không tiếp nhận qua hộp thư này. Không mở, không chuyển tiếp. Báo văn thư phụ trách văn bản mật và quản trị.',
  'Secret documents are not received through this mailbox. Do not open or forward it. Tell the clerk for secret documents and the administrator.');
export function isSecret(letter: { flags: string[]; reason: string | null }): boolean {
  return letter.flags.includes('secret') || letter.reason === 'secret' || /độ mật|văn bản mật/i.test(letter.reason ?? '');
}
