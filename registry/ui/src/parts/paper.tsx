// A file beside the form: page images with their words laid over them, so
// that text can be selected, and boxes where fields were read.
import { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon, useLoad, Viewer, Viewed } from '.';
import { fileUrl, get, Of, Page, Pages, pageUrl } from '../api';
import { useNews } from '../live';
import { say } from '../words';

export interface Box { field: string; label: string; page: number; box: number[]; sure: boolean; value: string; seen: string }
export interface Stamp { organisation: string; number: number | undefined; day: string }
/** What keys of the screen do to the pane. */
export interface PaperHand { turn: (step: number) => void; scroll: (step: number) => void; zoom: (step: number) => void; focus: () => void }

interface PageProps { page: Page; shown: string; boxes: Box[]; current?: string; pick?: (box: Box) => void; stamp?: Stamp }

const kept = new Map<string, Promise<Pages>>();

/** The first pages of a file; asked once while it stays read. */
export function loadPages(sha256: string, of: Of): Promise<Pages> {
  const had = kept.get(sha256);
  if (had) return had;
  const asked = get<Pages>(pageUrl(sha256, 0, of));
  kept.set(sha256, asked);
  if (kept.size > 30) kept.delete(kept.keys().next().value as string);
  asked.then((p) => { if (p.state !== 'read' && p.state !== 'not_read') kept.delete(sha256); }, () => kept.delete(sha256));
  return asked;
}

let ruler: CanvasRenderingContext2D | null = null;
function widthOf(text: string): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) return text.length * 0.5;
  ruler.font = '100px serif';
  return ruler.measureText(text).width / 100 || 0.5;
}

function Words({ page }: { page: Page }): JSX.Element {
  const shape = page.width ? page.height / page.width : 1.414;
  let line = -1;
  return (
    <div class="words">
      {page.words.map(([left, top, right, bottom, text, , at]) => {
        const size = Math.max(0.4, (+bottom - +top) / 100 * shape * 0.8);
        const scale = (+right - +left) / 100 / (widthOf(String(text)) * size);
        const gap = line >= 0 && at !== line ? <br /> : null;
        line = +at;
        return <>{gap}<span style={{ left: `${+left / 100}%`, top: `${+top / 100}%`, fontSize: `${size.toFixed(3)}cqw`, transform: `scaleX(${scale.toFixed(3)})` }}>{`${text} `}</span></>;
      })}
    </div>
  );
}

function StampMark({ stamp, top }: { stamp: Stamp; top: number }): JSX.Element {
  return (
    <div class="arrival" aria-hidden="true" style={{ top: `${top}%` }}>
      <b>{stamp.organisation}</b>
      <div><em>ĐẾN</em><span>Số: <em>{stamp.number ?? '…'}</em><br />Ngày: <em>{stamp.day}</em></span></div>
      <p>Chuyển:<i /></p><p>Số và ký hiệu HS:<i /></p>
    </div>
  );
}

/** Where the office would stamp: below what was read in the head's left half,
 * on the fewest words. */
function stampTop(page: Page, boxes: Box[]): number {
  const low = boxes.filter((b) => b.page === 1 && b.box[0] < 4500 && b.box[3] < 3000).map((b) => b.box[3]);
  const start = Math.max(1400, ...low) + 100;
  const covered = (top: number): number => page.words.filter((w) => +w[0] < 3600 && +w[2] > 900 && +w[1] < top + 1050 && +w[3] > top).length;
  let best = start;
  for (let top = start; top < start + 2000; top += 100) if (covered(top) < covered(best)) best = top;
  return best / 100;
}

function PageView({ page, shown, boxes, current, pick, stamp }: PageProps): JSX.Element {
  const ref = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(page.number === 1);
  useEffect(() => {
    const watch = new IntersectionObserver(([one]) => { if (one.isIntersecting) setNear(true); }, { root: ref.current?.closest('.desk-body'), rootMargin: '900px' });
    if (ref.current) watch.observe(ref.current);
    return () => watch.disconnect();
  }, [page.number]);
  const own = boxes.filter((b) => b.page === page.number && b.box[2] > b.box[0]);
  const press = (event: MouseEvent): void => {
    if (!pick || String(getSelection() ?? '')) return;
    const area = ref.current?.getBoundingClientRect();
    if (!area) return;
    const x = (event.clientX - area.left) / area.width * 10000;
    const y = (event.clientY - area.top) / area.height * 10000;
    const hit = own.find((b) => x >= b.box[0] - 60 && x <= b.box[2] + 60 && y >= b.box[1] - 60 && y <= b.box[3] + 60);
    if (hit) pick(hit);
  };
  return (
    <div class="sheet-page" data-page={page.number} ref={ref} style={{ aspectRatio: `${page.width || 5950} / ${page.height || 8420}` }} onClick={press}>
      {near && <img src={shown} alt={say(`Trang ${page.number}`, `Page ${page.number}`)} decoding="async" />}
      {own.map((b) => (
        <div class={`box ${b.sure ? '' : 'look'} ${b.field === current ? 'current' : ''}`} data-field={b.field} aria-hidden="true"
          style={{ left: `${b.box[0] / 100}%`, top: `${b.box[1] / 100}%`, width: `${(b.box[2] - b.box[0]) / 100}%`, height: `${(b.box[3] - b.box[1]) / 100}%` }} />
      ))}
      {near && page.words.length > 0 && <Words page={page} />}
      {stamp && page.number === 1 && <StampMark stamp={stamp} top={stampTop(page, boxes)} />}
    </div>
  );
}

/** Text of a file without pages; what fields were read from is marked. */
function TextView({ text, boxes, current }: { text: string; boxes: Box[]; current?: string }): JSX.Element {
  const parts = useMemo(() => {
    const found = boxes.map((b) => ({ b, at: b.seen ? text.indexOf(b.seen) : -1 })).filter((f) => f.at >= 0).sort((a, b) => a.at - b.at);
    const out: (string | { b: Box; text: string })[] = [];
    let from = 0;
    for (const { b, at } of found) {
      if (at < from) continue;
      out.push(text.slice(from, at), { b, text: b.seen });
      from = at + b.seen.length;
    }
    return [...out, text.slice(from)];
  }, [text, boxes]);
  return (
    <div class="text-page">
      {parts.map((p) => (typeof p === 'string' ? p : <mark class={`${p.b.sure ? '' : 'look'} ${p.b.field === current ? 'current' : ''}`} data-field={p.b.field}>{p.text}</mark>))}
    </div>
  );
}

const notRead: Record<string, [string, string]> = {
  encrypted: ['Tệp có mật khẩu, chưa đọc được.', 'The file has a password and was not read.'],
  damaged: ['Tệp hỏng, chưa đọc được.', 'The file is damaged and was not read.'],
  infected: ['Tệp có mã độc: không mở, không tải.', 'The file is infected: it is not shown.'],
};

function Notice({ pages }: { pages: Pages }): JSX.Element | null {
  const text = pages.state === 'waiting' || pages.state === 'reading' ? say('Đang đọc tệp…', 'Reading the file…')
    : pages.state === 'recognising' ? say('Ảnh quét: đang nhận dạng chữ…', 'A scan: recognising the text…')
      : pages.not_read ? say(...(notRead[pages.not_read] ?? ['Chưa đọc được nội dung tệp.', 'The file could not be read.'])) : '';
  return text ? <p class="desk-note" role="status">{text}</p> : null;
}

/** All pages; those past the first ten come when they are near. */
function usePages(part: Viewed, of: Of): { value?: Pages; error?: Error } {
  const { value, error, again } = useLoad(() => loadPages(part.sha256, of), [part.sha256]);
  const [more, setMore] = useState<Page[]>([]);
  useEffect(() => setMore([]), [part.sha256]);
  useNews(['queue'], () => { if (value && value.state !== 'read' && value.state !== 'not_read') again(); });
  useEffect(() => {
    const have = (value?.pages.length ?? 0) + more.length;
    if (!value || value.sha256 !== part.sha256 || !value.pages.length || have >= value.total_pages || have >= 200) return undefined;
    let live = true;
    const timer = setTimeout(() => void get<Pages>(`${pageUrl(part.sha256, 0, of)}&from=${have + 1}`).then((p) => { if (live && p.pages.length) setMore((old) => [...old, ...p.pages]); }, () => undefined), 300);
    return () => { live = false; clearTimeout(timer); };
  }, [value, more.length]);
  if (!value || value.sha256 !== part.sha256) return { error };
  return { value: { ...value, pages: [...value.pages, ...more] }, error };
}

export function Paper(props: {
  part?: Viewed; of: Of; body?: string | null; boxes?: Box[]; current?: string; pick?: (box: Box) => void; stamp?: Stamp;
  hand?: { current: PaperHand | null }; left?: JSX.Element;
}): JSX.Element {
  const { part, of } = props;
  if (!part) {
    return (
      <>
        <div class="desk-bar">{props.left}</div>
        <Viewer of={of} body={props.body} />
      </>
    );
  }
  return <Sheets {...props} part={part} key={part.sha256} />;
}

function Sheets({ part, of, boxes = [], current, pick, stamp, hand, left }: Parameters<typeof Paper>[0] & { part: Viewed }): JSX.Element {
  const { value, error } = usePages(part, of);
  const [zoom, setZoom] = useState(1);
  const [at, setAt] = useState(1);
  const desk = useRef<HTMLDivElement>(null);
  const pages = value?.pages ?? [];
  const total = Math.max(value?.total_pages ?? 0, pages.length);
  const turn = (step: number): void => {
    const to = Math.min(Math.max(1, at + step), total);
    desk.current?.querySelector(`[data-page="${to}"]`)?.scrollIntoView({ block: 'start' });
  };
  const grow = (step: number): void => setZoom((z) => Math.min(3, Math.max(0.5, Math.round((z + step * 0.25) * 4) / 4)));
  if (hand) {
    hand.current = {
      turn, zoom: grow, focus: () => desk.current?.focus(),
      scroll: (step) => desk.current?.scrollBy({ top: step * desk.current.clientHeight * 0.9 }),
    };
  }
  useEffect(() => {
    const box = current && desk.current?.querySelector(`[data-field="${current}"]`);
    if (box) box.scrollIntoView({ block: 'center', inline: 'nearest' });
  }, [current, pages.length]);
  const onScroll = (): void => {
    const body = desk.current;
    if (!body) return;
    const middle = body.scrollTop + body.clientHeight / 3;
    const all = [...body.querySelectorAll<HTMLElement>('.sheet-page')];
    setAt(Math.max(1, all.filter((p) => p.offsetTop <= middle).length));
  };
  const name = part.name ?? say('tệp không tên', 'unnamed file');
  const images = !!value?.images && pages.length > 0;
  const original = !images && !value?.text;
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey) return;
    if (event.key === '+' || event.code === 'NumpadAdd' || event.code === 'Equal') grow(1);
    else if (event.key === '-' || event.code === 'NumpadSubtract') grow(-1);
  };
  return (
    <>
      <div class="desk-bar">
        {left ?? <b class="file-name">{name}</b>}<span class="grow" />
        {images && <>
          <span class="tabular">{say('Trang', 'Page')} {at}/{total}</span>
          <button type="button" class="ib" aria-label={say('Trang trước', 'Previous page')} disabled={at <= 1} onClick={() => turn(-1)}><Icon name="chevron-left" /></button>
          <button type="button" class="ib" aria-label={say('Trang sau', 'Next page')} disabled={at >= total} onClick={() => turn(1)}><Icon name="chevron-right" /></button>
          <button type="button" class="ib" aria-label={say('Thu nhỏ', 'Zoom out')} onClick={() => grow(-1)}><Icon name="zoom-out" /></button>
          <button type="button" class="ib" aria-label={say('Phóng to', 'Zoom in')} onClick={() => grow(1)}><Icon name="zoom-in" /></button>
        </>}
        <a class="ib" href={fileUrl(part.sha256, part.name, of, true)} target="_blank" rel="noopener" title={say('Mở tệp gốc', 'Open the original')} aria-label={say(`Mở tệp gốc ${name}`, `Open the original ${name}`)}><Icon name="full" /></a>
      </div>
      {value && <Notice pages={value} />}
      {images && <div class="desk-body" ref={desk} tabIndex={0} role="region" aria-label={name} onScroll={onScroll} onKeyDown={press}>
        <div class="sheets" style={{ width: `${zoom * 100}%`, maxWidth: `${zoom * 900}px` }}>
          {pages.map((p) => <PageView page={p} shown={pageUrl(part.sha256, p.number, of, zoom > 1.25 || devicePixelRatio > 1.3)} boxes={boxes} current={current} pick={pick} stamp={stamp} />)}
        </div></div>}
      {!images && value?.text && <div class="desk-body" ref={desk} tabIndex={0} role="region" aria-label={name}><TextView text={value.text} boxes={boxes} current={current} /></div>}
      {original && (value || error) && value?.not_read !== 'infected' && <Viewer part={part} of={of} />}
      {!value && !error && <div class="desk-body"><div class="sheets"><div class="sheet-page waiting" /></div></div>}
    </>
  );
}
