import { language } from './words';

export class Refusal extends Error {
  constructor(public status: number, public code: string, message: string, public details?: Details) {
    super(message);
  }
}
export interface Duplicate {
  match: string; entry: number; year: number; number: number; day: string; issuer: string;
  symbol: string; document_day: string; subject: string; registered_by: string;
}
export interface Details { duplicates?: Duplicate[] }
export interface Person { id: number; login: string; name: string; position: string; roles: string[]; must_change_password: boolean }
export interface Session { user: Person; organisation: { name: string; code: string }; counts: { todo: number; quarantine: number } }
export interface Letter {
  id: number; mailbox_address: string; sha256: string; bytes: number; received_at: number; copies: number; state: string;
  decision: string | null; entry: number; reason: string | null; decided_by: string | null; version: number; read: boolean;
  subject: string | null; sender_name: string | null; sender_address: string | null; flags: string[]; excerpt: string | null;
  files: number; body?: string | null; parts?: Part[]; mailboxes?: { address: string; received_at: number }[];
}
export interface Part { path: string; type: string; name: string | null; class: string; bytes: number; sha256: string }
export interface Fields { [name: string]: string | number | null }
export interface Entry {
  id: number; direction: string; year: number; number: number; suffix: string; day: string; state: string; status: string;
  registered_at: number; registered_by: string; letter: number; fields: Fields; type_name: string | null; unit_name: string | null;
  void_reason: string | null; void_by: string | null; version: number;
  files?: { sha256: string; name: string; type: string; bytes: number; role: string }[];
  timeline?: { at: number; kind: string; actor: string; detail?: Record<string, unknown> }[];
  relations?: { kind: string; entry: number; symbol: string; subject: string }[];
}
export interface Marked { text: string; marks: number[] }
export interface Hit {
  kind: string; id: number; right_number: boolean; void: boolean; direction: string; date: string;
  number?: Marked; symbol?: Marked; subject?: Marked; issuer?: Marked; sender?: Marked; files?: Marked; excerpt?: Marked;
}
export interface Facet { name: string; counts: { value: string; label: string; count: number }[] }
export interface Mailbox {
  id: number; address: string; host: string; unit: string | null; paused: boolean; state: string; code: string | null; detail: string | null;
  tried_at: number; ok_at: number; letters: number; aside: number;
}

/** Whoever wants to know that the session ended (the inline panel). */
export const signedOut: { hear: () => void } = { hear: () => undefined };

export async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/${path}`, {
      method,
      credentials: 'same-origin',
      headers: { 'X-Requested-With': 'svb', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refusal(0, 'offline', language() === 'en' ? 'The service does not answer.' : 'Máy chủ không trả lời.');
  }
  const text = await answer.text();
  let json: { error?: { code: string; message: { vi: string; en: string }; details?: Details } } = {};
  try {
    json = text ? JSON.parse(text) : {};
  } catch { /* not JSON: the status says enough */ }
  if (answer.ok) return json as T;
  const error = json.error;
  if (answer.status === 401 && path !== 'session') signedOut.hear();
  throw new Refusal(answer.status, error?.code ?? 'http', error ? error.message[language()] : `HTTP ${answer.status}`, error?.details);
}
export const get = <T,>(path: string): Promise<T> => call<T>('GET', path);
export const post = <T,>(path: string, body: unknown, headers?: Record<string, string>): Promise<T> => call<T>('POST', path, body, headers);

export function fileUrl(sha256: string, name: string | null, of: { letter?: number; entry?: number }, view = false): string {
  const query = new URLSearchParams();
  if (of.letter) query.set('letter', String(of.letter));
  if (of.entry) query.set('entry', String(of.entry));
  if (name) query.set('name', name);
  if (view) query.set('view', '1');
  return `/api/v1/files/${sha256}?${query}`;
}
