// A day: typed in any short form, or from the calendar (F4).
import { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '.';
import { addDays, isWorkday, Nearest, parseDay, today, weekday } from '../days';
import { language, printDay, say } from '../words';

function monthName(iso: string): string {
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'vi-VN', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(iso));
}

function Calendar({ id, chosen, take }: { id: string; chosen: string; take: (iso: string) => void }): JSX.Element {
  const first = `${chosen.slice(0, 7)}-01`;
  const start = addDays(first, -((weekday(first) + 6) % 7));
  const heads = language() === 'en' ? ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] : ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'];
  return (
    <div class="calendar" id={id} role="group" aria-label={monthName(chosen)}>
      <b aria-live="polite">{monthName(chosen)}</b>
      <div class="month" aria-hidden="true">{heads.map((h) => <small>{h}</small>)}
        {Array.from({ length: 42 }, (_, i) => addDays(start, i)).map((iso) => (
          <span class={`${iso === chosen ? 'chosen ' : ''}${iso === today() ? 'today ' : ''}${isWorkday(iso) ? '' : 'free '}${iso.slice(0, 7) === chosen.slice(0, 7) ? '' : 'other'}`}
            onMouseDown={(e) => { e.preventDefault(); take(iso); }}>{+iso.slice(8)}</span>
        ))}</div>
      <span class="sr" role="status">{printDay(chosen)}</span>
      <small>{say('t hôm nay · +3 ba ngày làm việc · t6 thứ Sáu', 't today · +3 three workdays · t6 Friday')}</small>
    </div>
  );
}

/** Moves in the calendar; null: not a key of it. */
function moved(iso: string, event: KeyboardEvent): string | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  if (steps[event.code]) return addDays(iso, steps[event.code]);
  const month = event.code === 'PageUp' ? -1 : event.code === 'PageDown' ? 1 : 0;
  if (!month) return null;
  const date = new Date(iso);
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + month);
  return date.toISOString().slice(0, 10);
}

export function DayField(props: {
  id: string; text: string; nearest: Nearest; set: (text: string) => void; next: (back?: boolean) => void; focused?: () => void;
  required?: boolean; invalid?: boolean; describedBy?: string; disabled?: boolean;
}): JSX.Element {
  const [at, setAt] = useState('');
  const iso = parseDay(props.text, props.nearest);
  const open = (): void => setAt(at ? '' : iso || today());
  const put = (day: string): void => { if (printDay(day) !== props.text) props.set(printDay(day)); };
  const take = (day: string): void => { put(day); setAt(''); };
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.code === 'F4' || (event.code === 'ArrowDown' && event.altKey)) { event.preventDefault(); open(); return; }
    const to = at && !event.altKey ? moved(at, event) : null;
    if (to) { event.preventDefault(); setAt(to); return; }
    if (event.code === 'Escape' && at) { event.preventDefault(); event.stopPropagation(); setAt(''); return; }
    if (/Enter$/.test(event.code) && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      if (at) take(at);
      else if (iso) put(iso);
      props.next(event.shiftKey);
    }
  };
  const label = say('Mở lịch', 'Open the calendar');
  return (
    <div class="single day">
      <input id={props.id} value={props.text} placeholder="22/6/2026" autocomplete="off" inputMode="text" aria-required={props.required} aria-invalid={props.invalid} aria-describedby={props.describedBy} disabled={props.disabled}
        aria-expanded={!!at} aria-haspopup="dialog" role="combobox" aria-controls={`${props.id}-calendar`} onInput={(e) => props.set(e.currentTarget.value)} onFocus={props.focused} onKeyDown={press}
        onBlur={() => { setAt(''); if (iso) put(iso); }} />
      <button type="button" tabIndex={-1} aria-label={label} onMouseDown={(e) => { e.preventDefault(); document.getElementById(props.id)?.focus(); open(); }}><Icon name="cal" /></button>
      {at && <Calendar id={`${props.id}-calendar`} chosen={at} take={take} />}
    </div>
  );
}
