// Hits over time: drag over the bars, drag or key the edges, or type the days.
import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { SearchCounts } from '../../api.generated';
import { parseDay } from '../../days';
import { DayField } from '../../parts/day-field';
import { printDay, say } from '../../words';

type Histogram = SearchCounts['histogram'];
type Take = (from: string, to: string) => void;

interface Shown { of: Histogram; from: string; to: string; take: Take }

/** The bars from and to, of the days asked for. */
function spanOf({ of, from, to }: Shown): [number, number] {
  const last = of.bars.length - 1;
  const first = from ? of.bars.findIndex((b) => b.to >= from) : 0;
  const end = to ? of.bars.filter((b) => b.from <= to).length - 1 : last;
  return [first < 0 ? last : first, Math.max(end, 0)];
}

/** Under the first bar of a month, of a year when the bars are months. */
function labels(of: Histogram): { at: number; text: string }[] {
  const all = of.bars.map((b, at) => {
    const [year, month, day] = b.from.split('-');
    const before = of.bars[at - 1]?.from ?? '';
    if (of.step === 'year') return { at, text: year };
    if (of.step === 'month') return { at, text: before.slice(0, 4) === year ? '' : year };
    if (of.step === 'day') return { at, text: at % 7 ? '' : `${+day}/${+month}` };
    return { at, text: before.slice(0, 7) === `${year}-${month}` ? '' : month === '01' ? `${+month}/${year}` : say(`T${+month}`, `${+month}`) };
  }).filter((l) => l.text);
  const each = Math.ceil(all.length / 12);
  return all.filter((_, i) => i % each === 0);
}

function Edge({ shown, side, at, other, move }: { shown: Shown; side: 'from' | 'to'; at: number; other: number; move: (from: number, to: number) => void }): JSX.Element {
  const { bars } = shown.of;
  const low = side === 'from' ? 0 : other;
  const high = side === 'from' ? other : bars.length - 1;
  const go = (to: number): void => { const n = Math.min(high, Math.max(low, to)); if (side === 'from') move(n, other); else move(other, n); };
  const key = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 4 : 1;
    const to = { ArrowLeft: at - step, ArrowDown: at - step, ArrowRight: at + step, ArrowUp: at + step, Home: low, End: high }[event.code];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  return (
    <span class="edge" role="slider" tabIndex={0} data-side={side} style={{ left: `${((at + (side === 'to' ? 1 : 0)) / bars.length) * 100}%` }} onKeyDown={key}
      aria-label={side === 'from' ? say('Từ ngày', 'From') : say('Đến ngày', 'To')} aria-valuemin={low} aria-valuemax={high} aria-valuenow={at} aria-valuetext={printDay(bars[at][side])} />
  );
}

function Chart(shown: Shown): JSX.Element {
  const { bars } = shown.of;
  const box = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const now = spanOf(shown);
  const [from, to] = drag ? [Math.min(...drag), Math.max(...drag)] : now;
  const most = Math.max(...bars.map((b) => b.count), 1);
  const take = (first: number, last: number): void => {
    if (first === 0 && last === bars.length - 1) shown.take('', '');
    else shown.take(bars[first].from, bars[last].to);
  };
  const barAt = (event: PointerEvent): number => {
    const { left, width } = box.current!.getBoundingClientRect();
    return Math.min(bars.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * bars.length)));
  };
  const down = (event: PointerEvent): void => {
    if (event.button) return;
    const side = (event.target as HTMLElement).dataset.side;
    box.current!.setPointerCapture(event.pointerId);
    setDrag(side === 'from' ? [now[1], now[0]] : side === 'to' ? now : [barAt(event), barAt(event)]);
  };
  const up = (): void => { if (drag) take(from, to); setDrag(null); };
  return (
    <div class="histogram">
      <div class="time" ref={box} role="group" aria-label={say('Số văn bản theo thời gian, kéo để chọn khoảng', 'Documents over time, drag to choose a span')}
        onPointerDown={down} onPointerMove={(e) => { if (drag) setDrag([drag[0], barAt(e)]); }} onPointerUp={up} onPointerCancel={() => setDrag(null)} onDblClick={() => shown.take('', '')}>
        <span class="span" style={{ left: `${(from / bars.length) * 100}%`, width: `${((to - from + 1) / bars.length) * 100}%` }} />
        {bars.map((b, i) => <i key={b.from} class={i >= from && i <= to ? 'in' : ''} title={`${printDay(b.from)} – ${printDay(b.to)}: ${b.count}`} style={{ height: `${(b.count / most) * 100}%` }} />)}
        <Edge shown={shown} side="from" at={from} other={to} move={take} /><Edge shown={shown} side="to" at={to} other={from} move={take} />
      </div>
      <div class="axis" aria-hidden="true">{labels(shown.of).map((l) => <small style={{ left: `${(l.at / bars.length) * 100}%` }}>{l.text}</small>)}</div>
    </div>
  );
}

function Day({ name, label, value, set }: { name: string; label: string; value: string; set: (day: string) => void }): JSX.Element {
  const [text, setText] = useState(printDay(value));
  useEffect(() => setText(printDay(value)), [value]);
  const type = (typed: string): void => {
    setText(typed);
    const day = parseDay(typed);
    if (day !== value && (day || !typed.trim())) set(day);
  };
  return <div class="day-line"><label for={`span-${name}`}>{label}</label><DayField id={`span-${name}`} text={text} nearest="past" set={type} next={() => undefined} /></div>;
}

/** From and to a day, in fields and over the bars. */
export function Span({ of, from, to, take, children }: { of?: Histogram; from: string; to: string; take: Take; children: JSX.Element }): JSX.Element {
  return (
    <div class="when">
      <div class="row">{children}<span class="grow" />
        <Day name="from" label={say('Từ', 'From')} value={from} set={(day) => take(day, to)} /><Day name="to" label={say('đến', 'to')} value={to} set={(day) => take(from, day)} />
        <button type="button" class="button quiet small" disabled={!from && !to} onClick={() => take('', '')}>{say('Mọi ngày', 'Any day')}</button></div>
      {of && of.bars.length > 1 && <Chart of={of} from={from} to={to} take={take} />}
      {of?.capped && <small>{say('Biểu đồ chỉ đếm các kết quả mới nhất.', 'The bars count the newest results only.')}</small>}
    </div>
  );
}
