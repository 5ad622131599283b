// Filters of the search as the address carries them: "issuer=7,12".
import { Facet } from '../../api';
import { urgencyName } from '../../letter';
import { say } from '../../words';

const names: Record<string, [string, string]> = {
  kind: ['Nơi tìm', 'Where'], direction: ['Sổ', 'Book'], issuer: ['Cơ quan ban hành', 'Issuer'], type: ['Loại văn bản', 'Type'], unit: ['Đơn vị xử lý', 'Unit'], signer: ['Người ký', 'Signer'], urgency: ['Độ khẩn', 'Urgency'], deadline: ['Thời hạn', 'Deadline'], file: ['Tệp', 'File'], status: ['Tình trạng', 'Status'], year: ['Năm', 'Year'],
};
const words: Record<string, Record<string, [string, string]>> = {
  kind: { entry: ['Trong sổ', 'In the books'], letter: ['Thư chưa đăng ký', 'Letters'] },
  direction: { in: ['Văn bản đến', 'Incoming'], out: ['Văn bản đi', 'Outgoing'] },
  deadline: { met: ['Đúng hạn', 'On time'], open: ['Đang xử lý', 'In progress'], overdue: ['Quá hạn', 'Overdue'] },
  file: { signed: ['Có chữ ký số', 'Digitally signed'], paper: ['Có bản giấy', 'With a paper original'] },
  status: { registered: ['Chờ trình', 'Registered'], submitted: ['Chờ bút phê', 'Awaiting instruction'], routed: ['Đã chuyển', 'Routed'], working: ['Đang xử lý', 'In progress'], done: ['Hoàn thành', 'Done'], information: ['Để biết', 'For information'], paused: ['Tạm dừng', 'Paused'], issued: ['Đã ban hành', 'Issued'], recalled: ['Đã thu hồi', 'Recalled'] },
};

/** In the order of the screen. */
export const filterNames = Object.keys(names);

export function nameOf(filter: string): string { return say(...names[filter]); }
export function wordOf(filter: string, value: string): string {
  if (filter === 'urgency') return urgencyName(Number(value));
  const word = words[filter]?.[value];
  return word ? say(...word) : '';
}
export function labelOf(filter: string, count: Facet['counts'][number]): string {
  return wordOf(filter, count.value) || count.label || count.value;
}
export function valuesOf(query: URLSearchParams, filter: string): string[] {
  return (query.get(filter) ?? '').split(',').filter(Boolean);
}

/** The list of values with this one in or out. */
export function toggled(query: URLSearchParams, filter: string, value: string): string {
  const values = valuesOf(query, filter);
  return (values.includes(value) ? values.filter((v) => v !== value) : [...values, value]).join(',');
}
