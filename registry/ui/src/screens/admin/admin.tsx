// Quản trị (ui.md 6.12): people, units, books, types, days off, sentences.
import { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { call, get, post, Refusal } from '../../api';
import { Approval, Calendar, CalendarDay, CalendarEffect, Template } from '../../api.generated';
import { useBar } from '../../bar';
import { parseDay, today } from '../../days';
import { Button, Icon, toast, useLoad } from '../../parts';
import { DayField } from '../../parts/day-field';
import { Item } from '../../lists';
import { go } from '../../route';
import { printDay, printMoment, say } from '../../words';
import { Books, Types } from './numbering';
import { Users } from './users';
import { Wait } from '../../parts/wait';

const fail = (e: Refusal): void => toast({ text: e.message });

function tabs(): [string, string][] {
  return [['nguoi-dung', say('Người dùng', 'People')], ['don-vi', say('Đơn vị', 'Units')], ['so', say('Sổ đăng ký', 'Books')], ['loai-van-ban', say('Loại văn bản', 'Types')], ['ngay-nghi', say('Ngày nghỉ', 'Days off')], ['mau-but-phe', say('Mẫu bút phê', 'Sentences')], ['xac-nhan', say('Chờ xác nhận', 'To confirm')]];
}

function Units(): JSX.Element {
  const { value, error, again } = useLoad(() => get<{ items: Item[] }>('lists/units'), []);
  const [at, setAt] = useState(0);
  const name = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  const [into, setInto] = useState(0);
  const unit = value?.items.find((u) => u.id === at);
  const act = (path: string, body: object): void => { post(path, body).then(() => { toast({ text: say('Đã ghi.', 'Done.') }); setAt(0); again(); }, fail); };
  return (
    <section class="box-card narrow-page"><header><h2>{say('Đơn vị', 'Units')}</h2><small>{say('Đổi tên, sáp nhập: văn bản cũ giữ tên cũ.', 'Old documents keep the old name.')}</small></header>
      <Wait value={value} error={error} again={again} />
      <ul class="lines">{value?.items.map((u) => <li><button type="button" class="link" aria-expanded={u.id === at} onClick={() => setAt(u.id === at ? 0 : u.id)}><b>{u.name}</b></button><span class="chip plain">{u.code}</span></li>)}</ul>
      <div class="inset stack">{unit && <div class="row"><input class="grow" ref={name} aria-label={say('Tên mới', 'New name')} defaultValue={unit.name} key={unit.id} /><Button label={say('Đổi tên từ hôm nay', 'Rename from today')} press={() => act(`units/${unit.id}/rename`, { name: name.current?.value })} />
        <select aria-label={say('Sáp nhập vào', 'Merge into')} value={into} onChange={(e) => setInto(+e.currentTarget.value)}><option value={0}>{say('Sáp nhập vào…', 'Merge into…')}</option>{value?.items.filter((u) => u.id !== unit.id).map((u) => <option value={u.id}>{u.name}</option>)}</select>
        <Button label={say('Sáp nhập', 'Merge')} kind="danger" disabled={!into} press={() => act(`units/${unit.id}/merge`, { into })} /></div>}
        {!unit && <div class="row"><input ref={code} class="code" aria-label={say('Mã trong ký hiệu', 'Code in symbols')} placeholder={say('Mã', 'Code')} /><input class="grow" ref={name} aria-label={say('Tên đơn vị', 'Name')} placeholder={say('Tên đơn vị mới', 'Name of a new unit')} />
          <Button label={say('Thêm đơn vị', 'Add')} icon="plus" press={() => act('units', { code: code.current?.value, name: name.current?.value })} /></div>}</div></section>
  );
}

function DaysOff(): JSX.Element {
  const [year, setYear] = useState(+today().slice(0, 4));
  const { value, error, again } = useLoad(() => get<Calendar>(`calendar?year=${year}`), [year]);
  const [days, setDays] = useState<CalendarDay[] | null>(null);
  const [effect, setEffect] = useState<CalendarEffect>();
  const [day, setDay] = useState('');
  const [kind, setKind] = useState<CalendarDay['kind']>('off');
  const name = useRef<HTMLInputElement>(null);
  if (error || !value) return <Wait value={value} error={error} again={again} />;
  const list = days ?? value.days ?? [];
  const change = (next: CalendarDay[]): void => {
    setDays(next);
    post<CalendarEffect>('calendar/preview', { year, weekend: value?.weekend, days: next }).then(setEffect, fail);
  };
  const add = (): void => {
    const iso = parseDay(day, 'future');
    if (iso.slice(0, 4) !== String(year)) { toast({ text: say(`Chọn một ngày của năm ${year}.`, `Choose a day of ${year}.`) }); return; }
    change([...list.filter((d) => d.day !== iso), { day: iso, kind, name: name.current?.value || (kind === 'off' ? say('Nghỉ', 'Off') : say('Làm bù', 'Working day')) }].sort((a, b) => (a.day ?? '').localeCompare(b.day ?? '')));
    setDay('');
  };
  const save = (): void => { call('PUT', 'calendar', { year, weekend: value?.weekend, days: list, version: value?.version }).then(() => { toast({ text: say('Đã ghi lịch.', 'The calendar is saved.') }); setDays(null); setEffect(undefined); again(); }, fail); };
  return (
    <section class="box-card narrow-page"><header><h2>{say('Ngày nghỉ, ngày làm bù', 'Days off, swapped days')}</h2>
      <span class="row"><Button label={String(year - 1)} kind="small" press={() => { setYear(year - 1); setDays(null); }} /><b>{year}</b><Button label={String(year + 1)} kind="small" press={() => { setYear(year + 1); setDays(null); }} /></span></header>
      {value && !value.tet_known && <p class="notice warn"><Icon name="warn" /><span>{say('Chưa có ngày nghỉ Tết của năm này.', 'The days of Tết are still missing.')}</span></p>}
      <ul class="lines">{list.map((d) => <li><span><b>{printDay(d.day)}</b> {d.name}</span><span class={`chip ${d.kind === 'off' ? 'plain' : 'warn'}`}>{d.kind === 'off' ? say('nghỉ', 'off') : say('làm bù', 'works')}</span><Button label={say('Bỏ', 'Remove')} kind="small" press={() => change(list.filter((o) => o.day !== d.day))} /></li>)}</ul>
      <div class="inset row"><DayField id="new-day" text={day} nearest="future" set={setDay} next={add} /><select aria-label={say('Nghỉ hay làm', 'Off or works')} value={kind} onChange={(e) => setKind(e.currentTarget.value as CalendarDay['kind'])}><option value="off">{say('nghỉ', 'off')}</option><option value="work">{say('làm bù', 'works')}</option></select>
        <input ref={name} class="grow" aria-label={say('Tên ngày', 'Name')} placeholder={say('Tết Nguyên đán', 'Tết')} /><Button label={say('Thêm', 'Add')} icon="plus" press={add} /></div>
      {days && <div class="inset stack"><p class="notice"><Icon name="clock" /><span>{say(`${effect?.moved.length ?? 0} thời hạn sẽ dời theo; ${effect?.on_days_off.length ?? 0} rơi vào ngày nghỉ.`, `${effect?.moved.length ?? 0} deadlines would move; ${effect?.on_days_off.length ?? 0} fall on a day off.`)}</span></p>
        <div class="row"><Button label={say('Ghi lịch', 'Save')} kind="primary" press={save} /><Button label={say('Thôi', 'Cancel')} press={() => { setDays(null); setEffect(undefined); }} /></div></div>}</section>
  );
}

function Sentences(): JSX.Element {
  const { value, again } = useLoad(() => get<{ items: Template[] }>('shared-templates'), []);
  const text = useRef<HTMLInputElement>(null);
  return (
    <section class="box-card narrow-page"><header><h2>{say('Mẫu bút phê chung', 'Sentences for everybody')}</h2></header>
      <ul class="lines">{value?.items.map((t) => <li><span>{t.text}</span><Button label={say('Bỏ', 'Remove')} kind="small" press={() => void call('DELETE', `shared-templates/${t.id}`).then(again, fail)} /></li>)}</ul>
      <div class="inset row"><input ref={text} class="grow" aria-label={say('Mẫu mới', 'New sentence')} placeholder={say('Mẫu mới…', 'New sentence…')} /><Button label={say('Thêm', 'Add')} icon="plus" press={() => void post('shared-templates', { text: text.current?.value }).then(() => { if (text.current) text.current.value = ''; again(); }, fail)} /></div></section>
  );
}

function Approvals(): JSX.Element {
  const { value, again } = useLoad(() => get<{ items: Approval[] }>('approvals'), []);
  const decide = (id: number, confirm: boolean): void => { post(`approvals/${id}/decision`, { approve: confirm, note: '' }).then(again, fail); };
  return (
    <section class="box-card narrow-page"><header><h2>{say('Thay đổi quyền chờ xác nhận', 'Changes of rights to confirm')}</h2></header>
      <ul class="lines">{value?.items.map((a) => <li><span>{a.text}<small class="block">{a.asked_by} · {printMoment(a.asked_at)}</small></span>
        {a.may_decide ? <><Button label={say('Xác nhận', 'Confirm')} kind="small primary" press={() => decide(a.id, true)} /><Button label={say('Từ chối', 'Refuse')} kind="small" press={() => decide(a.id, false)} /></> : <span class="chip warn">{say('Chờ người thứ hai', 'Waits for a second person')}</span>}</li>)}</ul>
      {!value?.items.length && <p class="inset hint">{say('Không có gì chờ xác nhận.', 'Nothing waits.')}</p>}</section>
  );
}

export function Admin({ tab }: { tab: string }): JSX.Element {
  const all = tabs();
  const shown = all.some(([key]) => key === tab) ? tab : all[0][0];
  useBar({ title: say('Quản trị', 'Administration'), search: false, aside: <><div class="segments" role="group" aria-label={say('Mục', 'Section')}>{all.map(([key, label]) => <button type="button" aria-pressed={key === shown} onClick={() => go(`/quan-tri/${key}`)}>{label}</button>)}</div><span class="grow" /></> });
  const screens: Record<string, () => JSX.Element> = { 'nguoi-dung': Users, 'don-vi': Units, so: Books, 'loai-van-ban': Types, 'ngay-nghi': DaysOff, 'mau-but-phe': Sentences, 'xac-nhan': Approvals };
  const Shown = screens[shown];
  return <main class="content admin" id="content"><Shown /></main>;
}
