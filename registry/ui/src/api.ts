import type * as Contract from './api.generated';
import { language } from './words';

export class Refusal extends Error {
  constructor(public status: number, public code: string, message: string, public details?: Details) {
    super(message);
  }
}
export type { Attachment, Counts, Duplicate, Duplicates, Hit, Letter, LetterItem, Link, Marked, NextNumber, Page, Pages, Part, Proposal, Reservation, Session, User as Person, Walk } from './api.generated';
export interface Change { at: number; actor: string; kind: string; detail: Record<string, unknown> }
export interface Details { duplicates?: Contract.Duplicate[]; version?: number; changes?: Change[] }
export type Fields = Contract.Fields & { [name: string]: string | number | null };
/** An entry in a list; shown alone it has the rest as well. */
export type Entry = Omit<Contract.EntryItem & Partial<Contract.Entry>, 'fields'> & { fields: Fields };
export type Facet = NonNullable<Contract.Search['facets']>[number];
export type Mailbox = Contract.MailboxItem;

/** Who is signed in, for screens that show it. */
export const me: { session?: Contract.Session } = {};

/** Whoever wants to know that the session ended (the inline panel), and whether
    it refused what the person did, or only what the page does by itself. */
export const signedOut: { hear: (deed: boolean) => void } = { hear: () => undefined };

export async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, deed = method !== 'GET'): Promise<T> {
  let answer: Response;
  const file = body instanceof Blob;
  try {
    answer = await fetch(`/api/v1/${path}`, {
      method,
      credentials: 'same-origin',
      headers: { 'X-Requested-With': 'svb', ...(body === undefined ? {} : { 'Content-Type': file ? 'text/csv' : 'application/json' }), ...headers },
      body: body === undefined || file ? body : JSON.stringify(body),
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
  if (answer.status === 401 && path !== 'session') signedOut.hear(deed);
  throw new Refusal(answer.status, error?.code ?? 'http', error ? error.message[language()] : `HTTP ${answer.status}`, error?.details);
}
export const get = <T,>(path: string): Promise<T> => call<T>('GET', path);
export const post = <T,>(path: string, body: unknown, headers?: Record<string, string>): Promise<T> => call<T>('POST', path, body, headers);
/** What the page posts by itself, while the person does something else. */
export const ask = <T,>(path: string, body: unknown): Promise<T> => call<T>('POST', path, body, {}, false);

/** Through which letter or entry a person may see a file. */
export interface Of { letter?: number; entry?: number }

function queryOf(of: Of): URLSearchParams {
  const query = new URLSearchParams();
  if (of.letter) query.set('letter', String(of.letter));
  if (of.entry) query.set('entry', String(of.entry));
  return query;
}

export function fileUrl(sha256: string, name: string | null, of: Of, view = false): string {
  const query = queryOf(of);
  if (name) query.set('name', name);
  if (view) query.set('view', '1');
  return `/api/v1/files/${sha256}?${query}`;
}

/** Sizes and words of all pages (page 0, a path for get), or the image of one. */
export function pageUrl(sha256: string, page: number, of: Of, zoom = false): string {
  if (!page) return `files/${sha256}/pages?${queryOf(of)}`;
  return `/api/v1/files/${sha256}/pages/${page}?${queryOf(of)}&width=${zoom ? 'zoom' : 'screen'}`;
}
