// In sổ: the book as the decree wants it, from and to a number, as PDF or table.
import { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get } from '../api';
import { useBar } from '../bar';
import { useKeys } from '../keys';
import { useLoad } from '../parts';
import { say } from '../words';
import { Wait } from '../parts/wait';

interface Books { items: { id: number; name: string; direction: string }[] }

export function PrintPage({ direction, year, query }: { direction: 'in' | 'out'; year: number; query: URLSearchParams }): JSX.Element {
  const { value, error } = useLoad(() => get<Books>('lists/books'), []);
  const [from, setFrom] = useState(query.get('tu') ?? '');
  const [to, setTo] = useState(query.get('den') ?? '');
  const [form, setForm] = useState('register');
  const [whole, setWhole] = useState(false);
  const book = value?.items.find((b) => b.direction === direction);
  const url = (format: string): string => {
    const q = new URLSearchParams({ format, form, year: String(year) });
    if (from) q.set('from_number', from);
    if (to) q.set('to_number', to);
    if (whole) q.set('whole', '1');
    return `/api/v1/books/${book?.id}/print?${q}`;
  };
  const title = direction === 'in' ? say('In sổ văn bản đến', 'Print the incoming register') : say('In sổ văn bản đi', 'Print the outgoing register');
  useBar({ title, count: say('Mẫu Phụ lục IV, khổ A4 ngang', 'Annex IV, A4 landscape'), back: direction === 'in' ? '/den' : '/di', search: false, aside: <>
    {['pdf', 'xlsx', 'docx', 'csv'].map((f) => <a class={`button ${f === 'pdf' ? 'primary' : ''}`} href={url(f)} download>{f.toUpperCase()}</a>)}</> });
  useKeys({ Escape: () => history.back() });
  if (error || !value) return <main class="content" id="content"><Wait value={value} error={error} /></main>;
  return (
    <main class="content print" id="content">
      <div class="row"><label class="field">{say('Từ số', 'From no.')}<input inputMode="numeric" value={from} onChange={(e) => setFrom(e.currentTarget.value.replace(/\D/g, ''))} /></label>
        <label class="field">{say('Đến số', 'To no.')}<input inputMode="numeric" value={to} onChange={(e) => setTo(e.currentTarget.value.replace(/\D/g, ''))} /></label>
        {direction === 'in' && <label class="field">{say('Mẫu', 'Form')}<select value={form} onChange={(e) => setForm(e.currentTarget.value)}>
          <option value="register">{say('Sổ đăng ký văn bản đến', 'Register')}</option><option value="follow_up">{say('Sổ theo dõi giải quyết', 'Follow-up book')}</option></select></label>}
        <label class="check"><input type="checkbox" checked={whole} onChange={() => setWhole(!whole)} />{say('Có bìa và phần khóa sổ', 'With cover and closing lines')}</label></div>
      {book && <iframe class="page" title={title} key={url('pdf')} src={`${url('pdf')}&view=1#navpanes=0&view=FitH`} />}
    </main>
  );
}
