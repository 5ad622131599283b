// What forms share: a field under its label, lists of values, Enter walks on.
import { ComponentChildren, JSX } from 'preact';
import { Icon } from '.';
import { say } from '../words';

export type Value = [value: string, vi: string, en: string];

export const channelChoices: Value[] = [
  ['', '—', '—'], ['exchange', 'Trục liên thông', 'Exchange'], ['mail', 'Thư điện tử', 'E-mail'], ['post', 'Bưu chính', 'Post'], ['hand', 'Trực tiếp', 'By hand'], ['fax', 'Fax', 'Fax'],
];
export const paperIn: Value[] = [['none', 'Chưa nhận', 'Not received'], ['received', 'Đã nhận', 'Received']];
export const paperOut: Value[] = [['none', 'Chưa ký', 'Not signed'], ['signed', 'Đã ký', 'Signed']];

/** The field (its id is f-name) before or after another one of the form. */
export function fieldAfter(form: HTMLElement | null, name: string, back?: boolean): HTMLElement | undefined {
  const all = [...(form?.querySelectorAll<HTMLElement>('[id^=f-]:not([readonly]):not(:disabled)') ?? [])].filter((e) => e.matches('input,textarea,select'));
  return all[all.findIndex((e) => e.id === `f-${name}`) + (back ? -1 : 1)];
}

/** Enter goes on, Shift+Enter back. */
export const onEnter = (next: (back: boolean) => void) => (event: KeyboardEvent): void => {
  if (!/Enter$/.test(event.code) || event.ctrlKey || event.altKey || event.isComposing) return;
  event.preventDefault();
  next(event.shiftKey);
};

export function Field(props: { name: string; label: string; wide: string; required?: boolean; aside?: ComponentChildren; wrong?: string; children: ComponentChildren }): JSX.Element {
  const { name, label, wide, required, aside, wrong, children } = props;
  return (
    <div class={`field ${wide}`}><label for={`f-${name}`}><span>{label}{required && <b class="must" aria-hidden="true"> *</b>}</span>{aside && <small class="mark">{aside}</small>}</label>{children}
      {wrong && <small class="wrong" id={`w-${name}`}><Icon name="circle-alert" />{wrong}</small>}</div>
  );
}

export function Select(props: { id: string; text: string; values: Value[]; disabled?: boolean; set: (value: string) => void; next: (back: boolean) => void; focused?: () => void }): JSX.Element {
  return (
    <div class="single"><select id={props.id} value={props.text} disabled={props.disabled} onChange={(e) => props.set(e.currentTarget.value)} onFocus={props.focused} onKeyDown={onEnter(props.next)}>
      {props.values.map(([value, vi, en]) => <option value={value}>{say(vi, en)}</option>)}</select><Icon name="chevron-down" /></div>
  );
}
