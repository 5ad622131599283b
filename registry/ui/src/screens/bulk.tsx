// What one does to several lines of a book at once (ui.md 6.5): one after the
// other, each whole or not at all, and each says what became of it. Lines that
// were done are let go; the others stay chosen.
import { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { call, Entry, get, post, Refusal } from '../api';
import { Dossier, DossierItem } from '../api.generated';
import { Flow, statusName } from '../flow';
import { useLists } from '../lists';
import { Button, Icon, useLoad } from '../parts';
import { printDay, say } from '../words';

const MOST = 100;

interface Outcome { line: Entry; wrong: string }
type Step = (line: Entry) => Promise<Partial<Entry> | void>;

/** Text that no spreadsheet takes for a formula. */
function cell(value: unknown): string {
  const text = String(value ?? '');
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
}

function csvOf(lines: Entry[]): string {
  const heads = [say('Số', 'No.'), say('Ngày', 'Date'), say('Tác giả', 'Issuer'), say('Số, ký hiệu', 'Symbol'), say('Ngày văn bản', 'Document date'), say('Loại', 'Type'), say('Trích yếu', 'Summary'), say('Nơi nhận', 'Receiver'), say('Trạng thái', 'Status'), say('Hạn', 'Due'), say('Ghi chú', 'Note')];
  const rows = lines.map((e) => [`${e.number}${e.suffix}`, printDay(e.day), e.fields.issuer, e.fields.symbol, printDay(e.fields.document_day as string), e.type_name, e.fields.subject, e.fields.receiver || e.unit_name, e.state === 'void' ? say('Đã hủy', 'Void') : statusName(e.status), printDay(e.due_day), e.fields.note]);
  return `\uFEFF${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** The slip of a line, as its page gives it. */
async function saveSlip(line: Entry): Promise<void> {
  const answer = await fetch(`/api/v1/entries/${line.id}/slip`, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(say('Chưa lấy được phiếu.', 'The slip did not come.'));
  save(await answer.blob(), `phieu-${line.number}${line.suffix}.pdf`);
}

async function putInto(dossier: number): Promise<Step> {
  let { version } = await get<Dossier>(`dossiers/${dossier}`);
  return async (line) => { ({ version } = await post<Dossier>(`dossiers/${dossier}/documents`, { version, entry: line.id })); };
}

export function Bulk({ lines, out, clerk, changed, drop, clear }: { lines: Entry[]; out: boolean; clerk: boolean; changed: (id: number, part: Partial<Entry>) => void; drop: (id: number) => void; clear: () => void }): JSX.Element {
  const { leaders } = useLists('in');
  const dossiers = useLoad(() => get<{ items: DossierItem[] }>('dossiers'), []);
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const [busy, setBusy] = useState('');
  const open = dossiers.value?.items.filter((d) => d.may_change && d.state === 'open') ?? [];
  const run = async (step: Step): Promise<void> => {
    if (busy) return;
    const list = [...lines];
    const told: Outcome[] = [];
    for (const line of list) {
      setBusy(say(`Đang làm ${told.length + 1} / ${list.length}…`, `${told.length + 1} of ${list.length}…`));
      try {
        const part = await step(line);
        if (part) changed(line.id, part);
        drop(line.id);
        told.push({ line, wrong: '' });
      } catch (e) {
        told.push({ line, wrong: (e as Error).message });
        if (e instanceof Refusal && e.status === 0) break; // the rest stays chosen
      }
      setOutcomes([...told]);
    }
    setBusy('');
  };
  const begin = (step: Step | Promise<Step>): void => void Promise.resolve(step).then(run, (e: Error) => setOutcomes([{ line: lines[0], wrong: e.message }]));
  const submit = (to: number): Step => async (line) => {
    const flow = await post<Flow>(`entries/${line.id}/submit`, { version: line.version, to, note: '' });
    return { status: flow.status, version: flow.version };
  };
  const paper: Step = (line) => call<Entry>('PATCH', `entries/${line.id}`, { version: line.version, paper: 'received' });
  const wrong = outcomes.filter((o) => o.wrong);
  const none = !lines.length || !!busy || lines.length > MOST;
  const choose = (label: string, list: { id: number; name: string }[], take: (id: number) => void): JSX.Element => (
    <select aria-label={label} disabled={none} value={0} onChange={(e) => { const id = +e.currentTarget.value; e.currentTarget.value = '0'; if (id) take(id); }}><option value={0}>{label}</option>{list.map((one) => <option value={one.id}>{one.name}</option>)}</select>
  );
  return (
    <section class="bulk" aria-label={say('Các dòng đã chọn', 'Chosen lines')}>
      <div class="row"><b role="status">{busy || say(`Đã chọn ${lines.length}`, `${lines.length} chosen`)}</b>{lines.length > MOST && <span class="wrong">{say(`Mỗi lần không quá ${MOST} dòng`, `${MOST} lines at most at once`)}</span>}
        {clerk && !out && choose(say('Trình…', 'Submit to…'), leaders, (id) => begin(submit(id)))}
        {clerk && !out && <Button label={say('Đã nhận bản giấy', 'Paper received')} icon="check" kind="small" disabled={none} press={() => begin(paper)} />}
        {open.length > 0 && choose(say('Gắn hồ sơ…', 'Into a dossier…'), open.map((d) => ({ id: d.id, name: `${d.code} · ${d.title}` })), (id) => begin(putInto(id)))}
        {!out && <Button label={say('In phiếu', 'Slips')} icon="file-text" kind="small" disabled={none} press={() => begin(saveSlip)} />}
        <Button label={say('Xuất CSV', 'Export CSV')} kind="small" disabled={!lines.length} press={() => save(new Blob([csvOf(lines)], { type: 'text/csv' }), out ? 'van-ban-di.csv' : 'van-ban-den.csv')} />
        <span class="grow" /><Button label={say('Bỏ chọn', 'Clear')} keys="Esc" kind="small" press={clear} /></div>
      {outcomes.length > 0 && !busy && <div class={`notice ${wrong.length ? 'warn' : ''}`} role="status"><Icon name={wrong.length ? 'warn' : 'check'} /><div><b>{say(`${outcomes.length - wrong.length} dòng xong`, `${outcomes.length - wrong.length} done`)}{wrong.length > 0 && say(`, ${wrong.length} dòng chưa`, `, ${wrong.length} not`)}</b>
        <ul>{outcomes.map((o) => <li>{say('Số', 'No.')} {o.line.number}{o.line.suffix}: {o.wrong || say('xong', 'done')}</li>)}</ul></div></div>}
    </section>
  );
}
