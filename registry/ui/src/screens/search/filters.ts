// Filters of the search as the address carries them: "issuer=7,12".
import { Facet } from '../../api';
import { say } from '../../words';

const names: Record<string, [string, string]> = {
  kind: ['Nơi tìm', 'Where'], direction: ['Sổ', 'Book'], issuer: ['Cơ quan ban hành', 'Issuer'], type: ['Loại văn bản', 'Type'], unit: ['Đơn vị xử lý', 'Unit'], status: ['Tình trạng', 'Status'], year: ['Năm', 'Year'],
};
const words: Record<string, [string, string]> = {
  in: ['Văn bản đến', 'Incoming'], out: ['Văn bản đi', 'Outgoing'], entry: ['Trong sổ', 'In the books'], letter: ['Thư chưa đăng ký', 'Letters'],
  registered: ['Chờ trình', 'Registered'], submitted: ['Chờ bút phê', 'Awaiting instruction'], routed: ['Đã chuyển', 'Routed'], working: ['Đang xử lý', 'In progress'], done: ['Hoàn thành', 'Done'], information: ['Để biết', 'For information'], paused: ['Tạm dừng', 'Paused'], issued: ['Đã ban hành', 'Issued'], recalled: ['Đã thu hồi', 'Recalled'],
};

/** In the order of the screen. */
export const filterNames = Object.keys(names);

export function nameOf(filter: string): string { return say(...names[filter]); }
export function wordOf(value: string): string { return words[value] ? say(...words[value]) : ''; }
export function labelOf(count: Facet['counts'][number]): string {
  return wordOf(count.value) || count.label || count.value;
}
export function valuesOf(query: URLSearchParams, filter: string): string[] {
  return (query.get(filter) ?? '').split(',').filter(Boolean);
}

/** The list of values with this one in or out. */
export function toggled(query: URLSearchParams, filter: string, value: string): string {
  const values = valuesOf(query, filter);
  return (values.includes(value) ? values.filter((v) => v !== value) : [...values, value]).join(',');
}
