import { JSX } from 'preact';
import { Mailbox } from '../../api';
import { Icon } from '../../parts';
import { kindOf, signs } from './state';

/** Which square a mailbox is: its state, or how much it brought today. */
export function cellOf(m: Mailbox): string {
  const kind = kindOf(m);
  if (kind !== 'good' || !m.today_letters) return kind;
  return `good ${m.today_letters < 10 ? 'some' : 'many'}`;
}

/** The square beside a word. */
export function Sign({ of }: { of: Mailbox }): JSX.Element {
  const sign = signs[kindOf(of)];
  return <span class={`cell ${cellOf(of)}`} aria-hidden="true">{sign && <Icon name={sign} />}</span>;
}
