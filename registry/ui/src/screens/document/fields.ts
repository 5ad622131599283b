// The fields of an entry: how they are called, printed and read back.
import { Entry } from '../../api';
import { dayProblem, Nearest, parseDay, today } from '../../days';
import { urgencyChoices } from '../../letter';
import { Lists } from '../../lists';
import { channelChoices, paperIn, paperOut, Value } from '../../parts/form';
import { printDay, say } from '../../words';

export interface EntryField {
  name: string; label: string; kind: 'text' | 'area' | 'count' | 'day' | 'value' | 'issuer' | 'chosen'; wide: string;
  list?: 'types' | 'units' | 'people'; values?: Value[]; nearest?: Nearest; only?: 'in' | 'out'; more?: boolean;
}

/** In the order of the form; what an outgoing symbol is made of stays (only: 'in'). */
export function entryFields(direction: Entry['direction']): EntryField[] {
  const out = direction === 'out';
  const all: EntryField[] = [
    { name: 'issuer', label: say('Cơ quan ban hành', 'Issuing agency'), kind: 'issuer', wide: 'w12', only: 'in' },
    { name: 'symbol', label: say('Số, ký hiệu', 'Symbol'), kind: 'text', wide: 'w6', only: 'in' },
    { name: 'document_day', label: say('Ngày văn bản', 'Document date'), kind: 'day', wide: 'w6', nearest: 'past', only: 'in' },
    { name: 'subject', label: say('Trích yếu nội dung', 'Summary'), kind: 'area', wide: 'w12' },
    { name: 'type_id', label: say('Loại văn bản', 'Type'), kind: 'chosen', list: 'types', wide: 'w6', only: 'in' },
    { name: 'urgency', label: say('Độ khẩn', 'Urgency'), kind: 'value', values: urgencyChoices, wide: 'w6' },
    { name: 'signer_name', label: say('Người ký', 'Signatory'), kind: 'text', wide: 'w6' },
    { name: 'signer_position', label: say('Chức vụ người ký', 'Position'), kind: 'text', wide: 'w6' },
    { name: 'receiver', label: out ? say('Nơi nhận văn bản', 'Recipients') : say('Đơn vị hoặc người nhận', 'Receiving unit or person'), kind: 'text', wide: 'w12' },
    { name: 'unit_id', label: say('Đơn vị nhận', 'Receiving unit'), kind: 'chosen', list: 'units', wide: 'w6', only: 'in' },
    { name: 'submit_to', label: say('Trình', 'Submit to'), kind: 'chosen', list: 'people', wide: 'w6', only: 'in' },
    { name: 'due_day', label: say('Hạn trả lời', 'Reply by'), kind: 'day', wide: 'w6', nearest: 'future' },
    { name: 'pages', label: say('Số trang', 'Pages'), kind: 'count', wide: 'w3' },
    { name: 'copies', label: out ? say('Số lượng bản', 'Copies') : say('Số bản', 'Copies'), kind: 'count', wide: 'w3' },
    { name: 'paper', label: say('Bản giấy', 'Paper'), kind: 'value', values: out ? paperOut : paperIn, wide: 'w6' },
    { name: 'note', label: say('Ghi chú', 'Note'), kind: 'text', wide: 'w6' },
    { name: 'channel', label: say('Hình thức nhận', 'Channel'), kind: 'value', values: channelChoices, wide: 'w6', more: true },
    { name: 'identifier', label: say('Mã định danh văn bản', 'Document identifier'), kind: 'text', wide: 'w6', more: true },
    { name: 'field', label: say('Lĩnh vực', 'Field'), kind: 'text', wide: 'w6', more: true },
    { name: 'language', label: say('Ngôn ngữ', 'Language'), kind: 'text', wide: 'w6', more: true },
    { name: 'keeper', label: say('Đơn vị, người nhận bản lưu', 'File copy kept by'), kind: 'text', wide: 'w6', more: true },
    { name: 'passed_day', label: say('Ngày chuyển', 'Passed on'), kind: 'day', wide: 'w6', nearest: 'past', more: true },
    { name: 'dossier_organ', label: say('Mã cơ quan lập hồ sơ', 'Dossier agency'), kind: 'text', wide: 'w6', more: true },
    { name: 'dossier_notation', label: say('Số và ký hiệu hồ sơ', 'Dossier'), kind: 'text', wide: 'w6', more: true },
    { name: 'dossier_year', label: say('Năm hình thành hồ sơ', 'Dossier year'), kind: 'count', wide: 'w6', more: true },
    { name: 'dossier_ordinal', label: say('Số thứ tự trong hồ sơ', 'Number in the dossier'), kind: 'count', wide: 'w6', more: true },
  ];
  return all.filter((f) => !f.only || f.only === direction);
}

/** A value as it stands in the form. */
export function printValue(field: EntryField, value: unknown, lists: Lists, known = ''): string {
  if (field.list) return lists[field.list].find((c) => c.id === value)?.name ?? (value ? known : '');
  if (field.kind === 'day') return printDay(value as string | null);
  if (field.kind === 'count') return value ? String(value) : '';
  return String(value ?? (field.values ? field.values[0][0] : ''));
}

export function printField(field: EntryField, entry: Entry, lists: Lists): string {
  const known: Record<string, string | null> = { type_id: entry.type_name, unit_id: entry.unit_name };
  return printValue(field, entry.fields[field.name], lists, known[field.name] ?? '');
}

/** The same for people: words in place of codes. */
export function sayValue(field: EntryField, text: string): string {
  const found = field.values?.find(([value]) => value === text);
  return found ? say(found[1], found[2]) : text;
}

/** What is wrong with a text, in words that say how to mend it. */
export function problemOf(field: EntryField, text: string, lists: Lists): string {
  const empty = !text.trim();
  if (field.name === 'subject' && empty) return say('Cần có trích yếu nội dung.', 'The summary is needed.');
  if (field.name === 'issuer' && empty) return say('Cần có cơ quan ban hành.', 'The issuing agency is needed.');
  if (field.kind === 'count' && !/^\d{0,5}$/.test(text.trim())) return say('Chỉ nhập số.', 'Digits only.');
  if (field.list && !empty && !idOf(field, text, lists)) return say('Không có trong danh sách.', 'Not in the list.');
  if (field.kind !== 'day') return '';
  const late = field.name === 'document_day' && parseDay(text) > today();
  return dayProblem(text, field.nearest) || (late ? say('Ngày văn bản sau ngày hôm nay.', 'The date is after today.') : '');
}

function idOf(field: EntryField, text: string, lists: Lists): number {
  const wanted = text.trim().toLowerCase();
  return (field.list && lists[field.list].find((c) => c.name.toLowerCase() === wanted)?.id) || 0;
}

/** A text as the service takes it. */
export function readValue(field: EntryField, text: string, lists: Lists): string | number | null {
  if (field.list) return idOf(field, text, lists) || null;
  if (field.kind === 'day') return parseDay(text, field.nearest) || null;
  if (field.kind === 'count' || field.name === 'urgency') return Number(text.trim()) || 0;
  return text.trim();
}
