// Hồ sơ: documents in order, without copies; the list of contents, the export.
import { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { call, Entry, get, me, post, Refusal } from '../api';
import { Dossier, DossierItem } from '../api.generated';
import { useBar } from '../bar';
import { today } from '../days';
import { Button, Empty, Icon, toast, useLoad } from '../parts';
import { Choice, Combo } from '../parts/choose';
import { go } from '../route';
import { printDay, say } from '../words';
import { Wait } from '../parts/wait';

const fail = (e: Refusal): void => toast({ text: e.message });
const kept = (years: number): string => (years ? say(`${years} năm`, `${years} years`) : say('Vĩnh viễn', 'For ever'));

function readers(who: string): string {
  return who === 'all' ? say('Mọi người thấy mục lục', 'Everybody sees the list') : who === 'unit' ? say('Đơn vị thấy mục lục', 'The unit sees the list') : say('Chỉ người lập', 'The keeper only');
}

function Open({ done }: { done: (id: number) => void }): JSX.Element {
  const code = useRef<HTMLInputElement>(null);
  const title = useRef<HTMLInputElement>(null);
  const years = useRef<HTMLInputElement>(null);
  const who = useRef<HTMLSelectElement>(null);
  const add = (event: Event): void => {
    event.preventDefault();
    post<Dossier>('dossiers', { code: code.current?.value, title: title.current?.value, year: +today().slice(0, 4), retention: Number(years.current?.value) || 0, readers: who.current?.value }).then((d) => done(d.id), fail);
  };
  return (
    <form class="box-card row inset" onSubmit={add}><input ref={code} class="code" required aria-label={say('Số và ký hiệu hồ sơ', 'Code')} placeholder="01.TCCB" /><input ref={title} class="grow" required aria-label={say('Tiêu đề hồ sơ', 'Title')} placeholder={say('Tiêu đề hồ sơ mới', 'Title of a new dossier')} />
      <input ref={years} class="code" inputMode="numeric" aria-label={say('Thời hạn bảo quản (năm), trống là vĩnh viễn', 'Years to keep; empty: for ever')} placeholder={say('năm giữ', 'years')} />
      <select ref={who} aria-label={say('Ai thấy', 'Who sees it')}>{['unit', 'keeper', 'all'].map((w) => <option value={w}>{readers(w)}</option>)}</select><button class="button" type="submit"><Icon name="plus" />{say('Lập hồ sơ', 'Open')}</button></form>
  );
}

export function Dossiers(): JSX.Element {
  const { value, error, again } = useLoad(() => get<{ items: DossierItem[] }>('dossiers'), []);
  useBar({ title: say('Hồ sơ', 'Dossiers'), count: value?.items.length || '' });
  return (
    <main class="content stack" id="content">
      <Open done={(id) => go(`/ho-so/${id}`)} />
      <Wait value={value} error={error} again={again} />
      <ul class="lines">{value?.items.map((d) => <li><a href={`/ho-so/${d.id}`}><b>{d.code}</b> {d.title}<small class="block">{d.keeper_name}{d.unit_name ? ` · ${d.unit_name}` : ''}</small></a><span class={`chip ${d.state === 'open' ? '' : 'plain'}`}>{d.state === 'open' ? say('đang lập', 'open') : say('đã kết thúc', 'closed')}</span><small>{say(`${d.documents} văn bản`, `${d.documents} documents`)} · {kept(d.retention)}</small></li>)}</ul>
      {value && !value.items.length && <Empty>{say('Chưa có hồ sơ nào.', 'No dossiers yet.')}</Empty>}
    </main>
  );
}

/** Found by number, symbol or words; one press puts it in. */
function Add({ dossier, done }: { dossier: Dossier; done: (next: Dossier) => void }): JSX.Element {
  const [text, setText] = useState('');
  const [found, setFound] = useState<Choice[]>([]);
  const find = (typed: string): void => {
    setText(typed);
    if (!typed.trim()) { setFound([]); return; }
    get<{ hits: { kind: string; id: number; symbol?: { text: string }; subject?: { text: string } }[] }>(`search?kind=entry&limit=8&q=${encodeURIComponent(typed)}`)
      .then((a) => setFound(a.hits.map((h) => ({ id: h.id, name: `${h.symbol?.text ?? ''} ${h.subject?.text ?? ''}`.trim() }))), () => undefined);
  };
  const take = (c: Choice): void => {
    post<Dossier>(`dossiers/${dossier.id}/documents`, { version: dossier.version, entry: c.id }).then((d) => { setText(''); setFound([]); done(d); }, fail);
  };
  return <div class="single"><Combo id="dossier-add" label={say('Thêm văn bản', 'Add a document')} placeholder={say('Thêm văn bản: số, ký hiệu, trích yếu…', 'Add: number, symbol, words…')} text={text} choices={found} found set={find} take={take} next={() => undefined} /></div>;
}

export function DossierPage({ id }: { id: number }): JSX.Element {
  const { value, error, again } = useLoad(() => get<Dossier>(`dossiers/${id}`), [id]);
  const [now, setNow] = useState<Dossier>();
  const dossier = now && now.id === id ? now : value;
  useBar({ title: dossier ? `${say('Hồ sơ', 'Dossier')} ${dossier.code}` : '', back: '/ho-so', search: false, aside: dossier && <>
    {dossier.may_change && <><a class="button" href={`/api/v1/dossiers/${id}/export?format=pdf`} download>{say('Mục lục PDF', 'Contents, PDF')}</a><a class="button" href={`/api/v1/dossiers/${id}/export`} download>XML</a></>}
    {dossier.may_change && <Button label={dossier.state === 'open' ? say('Kết thúc hồ sơ', 'Close') : say('Mở lại', 'Open again')} press={() => void post<Dossier>(`dossiers/${id}/close`, { version: dossier.version, close: dossier.state === 'open' }).then(setNow, fail)} />}</> });
  if (error || !dossier) return <main class="content" id="content"><Wait value={dossier} error={error} again={again} /></main>;
  const move = (entry: number, position: number): void => { call<Dossier>('PUT', `dossiers/${id}/documents/${entry}`, { version: dossier.version, position }).then(setNow, fail); };
  const drop = (entry: number): void => { call<Dossier>('DELETE', `dossiers/${id}/documents/${entry}`, { version: dossier.version }).then(setNow, fail); };
  const changes = dossier.may_change && dossier.state === 'open';
  return (
    <main class="content stack" id="content">
      <h2 class="dossier-title">{dossier.title}</h2>
      <dl class="facts row">{[[say('Người lập', 'Keeper'), dossier.keeper_name], [say('Đơn vị', 'Unit'), dossier.unit_name ?? ''], [say('Thời hạn bảo quản', 'Kept'), kept(dossier.retention)], [say('Bắt đầu', 'Opened'), printDay(dossier.opened_day)], [say('Kết thúc', 'Closed'), printDay(dossier.closed_day)], [say('Số trang', 'Pages'), String(dossier.pages || '')], [say('Ai thấy', 'Seen by'), readers(dossier.readers)]].filter(([, v]) => v).map(([k, v]) => <div><dt>{k}</dt><dd>{v}</dd></div>)}</dl>
      {changes && <Add dossier={dossier} done={setNow} />}
      <div class="table-box scroll" tabIndex={0} role="region" aria-label={say('Mục lục văn bản', 'List of contents')}><table><thead><tr><th>STT</th><th>{say('Số, ký hiệu', 'Symbol')}</th><th>{say('Ngày', 'Date')}</th><th>{say('Tên loại và trích yếu nội dung', 'Type and summary')}</th><th>{say('Tác giả', 'Issuer')}</th><th>{say('Số trang', 'Pages')}</th><th><span class="sr">{say('Thao tác', 'Actions')}</span></th></tr></thead>
        <tbody>{dossier.items.map((d, i) => <tr><td class="tabular">{i + 1}</td><td>{d.symbol}</td><td class="tabular">{printDay(d.document_day)}</td><td>{d.may_open ? <a href={`/vb/${d.entry}`}><b>{d.type_name}</b> {d.subject}</a> : <span class="hint"><Icon name="lock" /> {say('Không có quyền mở', 'No right to open')}</span>}</td><td>{d.issuer}</td><td>{d.pages || ''}</td>
          <td class="row">{changes && <><button type="button" class="ib" aria-label={say(`Đưa ${d.symbol} lên`, `Move ${d.symbol} up`)} disabled={!i} onClick={() => move(d.entry, dossier.items[i - 1].position)}>↑</button>
            <button type="button" class="ib" aria-label={say(`Bỏ ${d.symbol} khỏi hồ sơ`, `Take ${d.symbol} out`)} onClick={() => drop(d.entry)}><Icon name="x" /></button></>}</td></tr>)}</tbody></table>
        {!dossier.items.length && <Empty>{say('Hồ sơ chưa có văn bản.', 'The dossier is empty.')}</Empty>}</div>
    </main>
  );
}

/** On the document's page: the dossiers one may put it into. */
export function IntoDossier({ entry }: { entry: Entry }): JSX.Element | null {
  const { value } = useLoad(() => get<{ items: DossierItem[] }>('dossiers'), []);
  const open = value?.items.filter((d) => d.may_change && d.state === 'open') ?? [];
  if (!open.length || !me.session) return null;
  const put = (id: number): void => {
    const dossier = open.find((d) => d.id === id);
    if (dossier) post(`dossiers/${id}/documents`, { version: dossier.version, entry: entry.id }).then(() => toast({ text: say(`Đã đưa vào hồ sơ ${dossier.code}.`, `Put into ${dossier.code}.`) }), fail);
  };
  return <label class="field into"><span>{say('Đưa vào hồ sơ', 'Put into a dossier')}</span><select onChange={(e) => put(+e.currentTarget.value)}><option value={0} />{open.map((d) => <option value={d.id}>{d.code} · {d.title}</option>)}</select></label>;
}
