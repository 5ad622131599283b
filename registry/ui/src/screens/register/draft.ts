// What the form holds: filled by the reader, kept while a person types.
import { Letter } from '../../api';
import { dayProblem, parseDay, today } from '../../days';
import { FieldName, printRead, readOf } from '../../letter';
import { Lists } from '../../lists';
import { Token } from '../../parts/choose';
import { say } from '../../words';

export interface Draft {
  text: Record<string, string>;
  ids: Record<string, number>;
  receivers: Token[];
  related: Token[]; /* kind: of the relation */
  noSymbol: boolean;
  touched: string[]; /* by a person: never filled again */
  seen: string[]; /* had the focus */
  reason: string; /* why registered in spite of a duplicate */
  key: string; /* a retry takes no second number */
  at: number;
}

export interface Field { name: string; number: number; required?: boolean }
/** In the order of the form; the number is that of Alt+n. */
export const fields: Field[] = [
  { name: 'issuer', number: 1, required: true }, { name: 'symbol', number: 2, required: true }, { name: 'document_day', number: 3, required: true },
  { name: 'subject', number: 4, required: true }, { name: 'type', number: 5, required: true }, { name: 'urgency', number: 6 }, { name: 'signer_name', number: 7 },
  { name: 'pages', number: 8 }, { name: 'receivers', number: 9 }, { name: 'submit', number: 0 }, { name: 'due_day', number: 0 }, { name: 'note', number: 0 }, { name: 'related', number: 0 },
];

export const readFields: readonly FieldName[] = ['issuer', 'symbol', 'document_day', 'subject', 'type', 'urgency', 'signer_name', 'signer_position', 'due_day'];

export function blankDraft(letter: boolean): Draft {
  return {
    text: { urgency: '0', channel: letter ? 'mail' : 'post', paper: letter ? 'none' : 'received' }, ids: {}, receivers: [], related: [],
    noSymbol: false, touched: [], seen: [], reason: '', key: crypto.randomUUID(), at: 0,
  };
}

function nameOf(letter: number): string { return `draft-in-${letter}`; }

export function loadDraft(letter: number): Draft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(letter)) ?? 'null') as Draft | null;
    return kept?.text && Array.isArray(kept.touched) ? { ...blankDraft(letter > 0), ...kept } : null;
  } catch { return null; }
}

export function keepDraft(letter: number, draft: Draft): number {
  const at = Date.now() / 1000;
  try { localStorage.setItem(nameOf(letter), JSON.stringify({ ...draft, at })); } catch { return 0; }
  return at;
}

export function dropDraft(letter: number): void { localStorage.removeItem(nameOf(letter)); }

function put(draft: Draft, name: string, value: string, id = 0): void {
  if (draft.touched.includes(name)) return;
  draft.text[name] = value;
  if (id) draft.ids[name] = id;
}

/* What a found link becomes when the letter gets its own line. */
const relationOf: Record<string, string> = { reply: 'reply', basis: 'basis', replaces: 'replaces' };

/** Readings into every field that no person has touched. */
export function fillDraft(old: Draft, letter: Letter): Draft {
  const draft: Draft = { ...old, text: { ...old.text }, ids: { ...old.ids } };
  for (const name of readFields) {
    const read = readOf(letter, name);
    if (read) put(draft, name, name === 'urgency' ? read.value : printRead(read), read.id);
  }
  if (!readOf(letter, 'subject') && letter.subject) put(draft, 'subject', letter.subject.replace(/^(\s*(fwd?|re|trả lời|chuyển tiếp)\s*:)+/i, '').trim());
  if (!readOf(letter, 'issuer') && letter.sender_name) put(draft, 'issuer', letter.sender_name);
  const linked = (letter.links ?? []).filter((l) => !l.joins && l.entry && relationOf[l.kind] && l.state !== 'rejected' && l.state !== 'unlinked');
  if (linked.length && !draft.touched.includes('related')) draft.related = linked.map((l) => ({ id: l.entry, kind: relationOf[l.kind], name: `${l.direction === 'out' ? say('Đi', 'Out') : say('Đến', 'In')} ${l.number}${l.suffix} · ${l.symbol}` }));
  if (letter.document?.pages) put(draft, 'pages', String(letter.document.pages));
  if (letter.proposals?.some((p) => p.source === 'edxml')) put(draft, 'channel', 'exchange');
  return draft;
}

export type Mark = 'sure' | 'look' | 'none' | '';

/** How far to trust what stands in a field: '' when a person wrote it. */
export function markOf(draft: Draft, letter: Letter | undefined, name: string): Mark {
  if (!letter || draft.touched.includes(name) || !(readFields as readonly string[]).includes(name)) return '';
  const read = readOf(letter, name as FieldName);
  if (read) return read.sure ? 'sure' : 'look';
  if (draft.text[name] && (name === 'subject' || name === 'issuer')) return 'look';
  return fields.find((f) => f.name === name)?.required ? 'none' : '';
}

export function isEmpty(draft: Draft, name: string): boolean {
  if (name === 'receivers') return !draft.receivers.length;
  if (name === 'related') return !draft.related.length;
  return !(draft.text[name] ?? '').trim();
}

export function isNeeded(draft: Draft, name: string): boolean {
  if (draft.noSymbol && (name === 'symbol' || name === 'document_day')) return false;
  return !!fields.find((f) => f.name === name)?.required;
}

/** Whether Tab has to stop there. */
export function asks(draft: Draft, letter: Letter | undefined, name: string): boolean {
  if (isNeeded(draft, name) && isEmpty(draft, name)) return true;
  return markOf(draft, letter, name) === 'look' && !draft.seen.includes(name);
}

export function typeOf(draft: Draft, lists: Lists): number {
  const wanted = (draft.text.type ?? '').trim().toLowerCase();
  return wanted ? lists.types.find((t) => t.name.toLowerCase() === wanted)?.id ?? 0 : 0;
}

/** What is wrong, by field, in words that say how to mend it. */
export function problemsOf(draft: Draft, lists: Lists): Record<string, string> {
  const wrong: Record<string, string> = {};
  const missing: Record<string, string> = {
    issuer: say('Cần có cơ quan ban hành để đăng ký.', 'The issuing agency is needed.'), symbol: say('Nhập số, ký hiệu hoặc chọn “Không số”.', 'Type the number and symbol, or choose “No number”.'),
    document_day: say('Cần có ngày văn bản.', 'The document date is needed.'), subject: say('Cần có trích yếu nội dung.', 'The summary is needed.'), type: say('Chọn loại văn bản; không rõ thì chọn Khác.', 'Choose the type; if in doubt, Khác.'),
  };
  for (const { name } of fields) if (isNeeded(draft, name) && isEmpty(draft, name)) wrong[name] = missing[name];
  if (!wrong.type && lists.types.length && !typeOf(draft, lists)) wrong.type = say('Loại này không có trong danh sách.', 'This type is not in the list.');
  const day = parseDay(draft.text.document_day ?? '');
  const bad = dayProblem(draft.text.document_day ?? '');
  if (bad) wrong.document_day = bad;
  else if (day > today()) wrong.document_day = say('Ngày văn bản sau ngày hôm nay.', 'The date is after today.');
  const due = dayProblem(draft.text.due_day ?? '', 'future');
  if (due) wrong.due_day = due;
  if (!/^\d{0,5}$/.test((draft.text.pages ?? '').trim())) wrong.pages = say('Chỉ nhập số.', 'Digits only.');
  return wrong;
}

/** The registration as the service takes it. */
export function requestOf(draft: Draft, letter: number, lists: Lists): Record<string, unknown> {
  const text = (name: string): string => (draft.text[name] ?? '').trim();
  const suffix = text('suffix');
  const unit = draft.receivers.find((t) => t.kind === 'unit')?.id ?? 0;
  return {
    direction: 'in', letter, issuer: text('issuer'), ...(draft.ids.issuer ? { agency_id: draft.ids.issuer } : {}), symbol: draft.noSymbol ? '' : text('symbol'),
    document_day: parseDay(text('document_day')) || null, subject: text('subject'), type_id: typeOf(draft, lists), urgency: Number(text('urgency')) || 0,
    signer_name: text('signer_name'), signer_position: text('signer_position'), pages: Number(text('pages')) || 0, copies: Number(text('copies')) || 0, unit_id: unit,
    receivers: draft.receivers.map((t) => (t.kind === 'unit' ? { unit: t.id } : t.kind === 'user' ? { user: t.id } : { name: t.name })),
    relations: draft.related.map((t) => ({ kind: t.kind || 'same_matter', entry: t.id })),
    submit_to: lists.leaders.find((l) => l.name === text('submit'))?.id ?? 0, due_day: parseDay(text('due_day'), 'future') || null, note: text('note'),
    channel: text('channel'), paper: text('paper') || 'none', identifier: text('identifier'), field: text('field'), dossier_notation: text('dossier_notation'),
    ...(suffix ? { suffix, number: Number(text('suffix_of')) || 0 } : {}), ...(draft.reason.trim() ? { duplicate_reason: draft.reason.trim() } : {}),
  };
}
