// Documents of the books as tokens, each with how it is related.
import { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, Hit } from '../api';
import { say } from '../words';
import { Choice, Token, Tokens } from './choose';

export const relationNames: [string, string, string][] = [
  ['reply', 'Trả lời', 'Reply to'], ['basis', 'Căn cứ', 'Based on'], ['replaces', 'Thay thế', 'Replaces'],
  ['supplements', 'Bổ sung', 'Supplements'], ['previous', 'Kỳ trước', 'Previous'], ['same_matter', 'Cùng việc', 'Same matter'],
];
/** What only an outgoing document of ours does to another one. */
const amendments: [string, string, string][] = [['corrects', 'Đính chính', 'Corrects'], ['recalls', 'Thu hồi', 'Takes back']];

export function relationName(kind: string): string {
  const found = [...relationNames, ...amendments].find(([name]) => name === kind);
  return found ? say(found[1], found[2]) : kind;
}

function choiceOf(hit: Hit): Choice {
  const side = hit.direction === 'out' ? say('Đi', 'Out') : say('Đến', 'In');
  return { id: hit.id, name: `${side} ${hit.number?.text ?? ''} · ${hit.symbol?.text ?? ''} · ${hit.subject?.text ?? ''}`, note: hit.issuer?.text, icon: hit.direction === 'out' ? 'out' : 'in', kind: 'same_matter' };
}

/** Short enough for a token: number and symbol. */
function shorten(token: Token): Token {
  return { ...token, name: token.name.split(' · ').slice(0, 2).filter(Boolean).join(' · ') };
}

export function EntryTokens(props: {
  id: string; label: string; tokens: Token[]; set: (tokens: Token[]) => void; next: (back?: boolean) => void; focused?: () => void; direction?: 'in' | 'out'; kind?: string;
}): JSX.Element {
  const [text, find] = useState('');
  const [choices, setChoices] = useState<Choice[]>([]);
  useEffect(() => {
    if (!text.trim()) { setChoices([]); return undefined; }
    let live = true;
    const timer = setTimeout(() => {
      const only = props.direction ? `&direction=${props.direction}` : '';
      get<{ hits: Hit[] }>(`search?kind=entry&limit=8${only}&q=${encodeURIComponent(text)}`).then((r) => { if (live) setChoices(r.hits.filter((h) => !h.void).map(choiceOf)); }, () => undefined);
    }, 120);
    return () => { live = false; clearTimeout(timer); };
  }, [text]);
  const change = (at: number, kind: string): void => props.set(props.tokens.map((t, i) => (i === at ? { ...t, kind } : t)));
  return (
    <Tokens id={props.id} label={props.label} tokens={props.tokens} choices={choices} find={find} next={props.next} focused={props.focused} found
      placeholder={say('Số đến, số đi hoặc trích yếu', 'Number or summary')} set={(tokens) => props.set(tokens.map((t) => shorten(props.kind && t.kind === 'same_matter' ? { ...t, kind: props.kind } : t)))}
      before={(t, i) => (props.kind ? null : <select tabIndex={-1} aria-label={say(`Liên kết với ${t.name}`, `Relation to ${t.name}`)} value={t.kind || 'same_matter'} onChange={(e) => change(i, e.currentTarget.value)}>
        {relationNames.map(([value, vi, en]) => <option value={value}>{say(vi, en)}</option>)}</select>)} />
  );
}
