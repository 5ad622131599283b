// Giữ số: numbers set aside, used from here, explained when they were not.
import { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { get, post, Reservation } from '../../api';
import { useNews } from '../../live';
import { Button, Icon, Problem, toast, useLoad } from '../../parts';
import { dayOf, printClock, say } from '../../words';

interface Answer { items: Reservation[]; expired: number; now: number }

function leftOf(one: Reservation, now: number): { text: string; soon: boolean } {
  const hours = (one.until - now) / 3600;
  if (hours < 2) return { text: say(`còn ${Math.max(1, Math.round(hours * 60))} phút`, `${Math.max(1, Math.round(hours * 60))} min left`), soon: true };
  const clock = printClock(one.until);
  return { text: dayOf(one.until) === dayOf(now) ? say(`đến ${clock}`, `till ${clock}`) : say(`đến ${clock}, ${dayOf(one.until)}`, `till ${clock}, ${dayOf(one.until)}`), soon: false };
}

function Why({ one, done }: { one: Reservation; done: () => void }): JSX.Element {
  const [reason, set] = useState('');
  const give = (): void => void post(`reservations/${one.id}/unused`, { reason }).then(done, (e: Error) => toast({ text: e.message }));
  return (
    <div class="row"><input aria-label={say(`Lý do không dùng số ${one.number}`, `Why number ${one.number} was not used`)} placeholder={say('Lý do không dùng…', 'Why it was not used…')} value={reason} onInput={(e) => set(e.currentTarget.value)}
      onKeyDown={(e) => { if (e.code === 'Enter') { e.preventDefault(); give(); } }} /><Button label={say('Ghi', 'Write')} kind="small" disabled={reason.trim().length < 10} press={give} /></div>
  );
}

function Ask({ type, unit, done }: { type: number; unit: number; done: () => void }): JSX.Element {
  const [purpose, set] = useState('');
  const key = useRef(crypto.randomUUID());
  const ref = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => ref.current?.focus(), []);
  const take = (): void => void post<Reservation>('reservations', { purpose: purpose.trim(), ...(type ? { type } : {}), ...(unit ? { unit } : {}) }, { 'Idempotency-Key': key.current })
    .then((one) => { toast({ text: say(`Đã giữ số ${one.number}`, `Number ${one.number} is set aside`) }); done(); }, (e: Error) => toast({ text: e.message }));
  return (
    <div class="row"><input ref={ref} aria-label={say('Giữ số để làm gì', 'What the number is for')} placeholder={say('Dùng cho việc gì? Giữ đến 17:00', 'For what? Kept till 17:00')} value={purpose} onInput={(e) => set(e.currentTarget.value)}
      onKeyDown={(e) => { if (e.code === 'Enter' && purpose.trim()) { e.preventDefault(); take(); } }} /><Button label={say('Giữ', 'Set aside')} kind="small" disabled={!purpose.trim()} press={take} /></div>
  );
}

export function Reserved({ type, unit, used, use, changed }: { type: number; unit: number; used: number; use: (one: Reservation | null) => void; changed: () => void }): JSX.Element {
  const { value, error, again } = useLoad(() => get<Answer>('reservations'), []);
  const [asks, setAsks] = useState(false);
  const [gives, setGives] = useState(0);
  useNews(['number'], again);
  const done = (): void => { setAsks(false); setGives(0); again(); changed(); };
  const open = (value?.items ?? []).filter((one) => one.state === 'held' || one.state === 'expired');
  return (
    <section class="sec reserved">
      <div class="row"><h2>{say('Số đang giữ', 'Numbers set aside')}</h2><span class="grow" />{!asks && <Button label={say('Giữ số…', 'Set aside…')} icon="hourglass" kind="small" press={() => setAsks(true)} />}</div>
      {asks && <Ask type={type} unit={unit} done={done} />}
      {error && <Problem error={error} />}
      {value && !open.length && <small>{say('Không giữ số nào.', 'None.')}</small>}
      <ul>{open.map((one) => {
        const left = leftOf(one, value?.now ?? 0);
        return (
          <li>
            <div class="row"><b class="tabular">{String(one.number).padStart(2, '0')}</b><span class="grow">{one.unit_name ?? one.reserved_by}<small>{one.purpose}</small></span>
              {one.state === 'held' ? <small class={left.soon ? 'soon' : ''}>{left.soon && <Icon name="clock" />}{left.text}</small> : <small class="soon"><Icon name="warn" />{say('hết hạn, chờ lý do', 'over, needs a reason')}</small>}</div>
            {one.state === 'held' && <div class="row"><button type="button" class="button small" aria-pressed={used === one.id} onClick={() => use(used === one.id ? null : one)}>{used === one.id ? say('Đang dùng số này', 'In use here') : say('Dùng số này', 'Use it')}</button>
              {gives !== one.id && <button type="button" class="link" onClick={() => setGives(one.id)}>{say('Thôi giữ', 'Give up')}</button>}</div>}
            {(one.state === 'expired' || gives === one.id) && <Why one={one} done={done} />}
          </li>
        );
      })}</ul>
    </section>
  );
}
