// What happened for this person; the number is of what was not looked at.
import { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Notification } from '../api.generated';
import { get, post } from '../api';
import { useNews } from '../live';
import { Icon } from '.';
import { go } from '../route';
import { printMoment, say } from '../words';

interface Answer { items: Notification[]; unseen: number }

function wordsOf(kind: string): string {
  const all: Record<string, string> = {
    submitted: say('Trình', 'Submitted'), assigned: say('Giao việc', 'Assigned'), information: say('Để biết', 'For information'), returned: say('Chuyển lại', 'Returned'), reminder: say('Nhắc hạn', 'Reminder'), extension_asked: say('Xin gia hạn', 'Extension asked'),
    extended: say('Đã gia hạn', 'Extended'), extension_refused: say('Không gia hạn', 'Extension refused'), substitute: say('Thay người vắng', 'Standing in'), handover: say('Bàn giao', 'Handover'), approval: say('Chờ xác nhận', 'To confirm'), granted: say('Được xem', 'May see'),
  };
  return all[kind] ?? kind;
}

export function Bell(): JSX.Element {
  const [value, set] = useState<Answer>();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const load = (): void => { get<Answer>('notifications').then(set, () => undefined); };
  useEffect(load, []);
  useNews(['queue', 'number'], load, 5000);
  useEffect(() => {
    if (!open) return undefined;
    const out = (e: Event): void => { if (!box.current?.contains(e.target as Node)) setOpen(false); };
    const esc = (e: KeyboardEvent): void => { if (e.code === 'Escape') { e.preventDefault(); e.stopPropagation(); setOpen(false); } };
    document.addEventListener('mousedown', out);
    document.addEventListener('keydown', esc, true);
    return () => { document.removeEventListener('mousedown', out); document.removeEventListener('keydown', esc, true); };
  }, [open]);
  const show = (): void => {
    setOpen(!open);
    if (!open && value?.unseen) void post('notifications/seen', {}).then(() => set({ ...value, unseen: 0 }), () => undefined);
  };
  const unseen = value?.unseen ?? 0;
  return (
    <div class="bell" ref={box}>
      <button type="button" class="ib" aria-expanded={open} aria-label={unseen ? say(`Thông báo, ${unseen} mới`, `Notices, ${unseen} new`) : say('Thông báo', 'Notices')} onClick={show}><Icon name="bell" />{unseen > 0 && <b>{unseen > 9 ? '9+' : unseen}</b>}</button>
      {open && <div class="menu notices">{value?.items.length ? <ul>{value.items.slice(0, 12).map((n) => (
        <li><button type="button" class="choice" onClick={() => { setOpen(false); if (n.entry) go(`/vb/${n.entry}`); else if (n.kind === 'approval') go('/quan-tri/xac-nhan'); }}><span><b>{wordsOf(n.kind)}</b>{n.entry ? ` · ${n.direction === 'out' ? say('Đi', 'Out') : say('Đến', 'In')} ${n.number}` : ''} {n.subject ?? n.text}<small class="block">{n.actor} · {printMoment(n.at)}</small></span></button></li>))}</ul>
        : <p class="hint">{say('Chưa có thông báo.', 'No notices.')}</p>}</div>}
    </div>
  );
}
