// Typeahead after the ARIA combobox pattern (ui.md 7.1): code, initials,
// prefixes, anywhere; what this clerk chose often comes first.
import { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '.';
import { say } from '../words';

export interface Choice { id: number; name: string; note?: string; uses?: number; icon?: string; kind?: string; members?: Choice[] }

/** One letter for one letter, so that places in it are places in the text. */
export function fold(text: string): string {
  return [...text.normalize('NFC')].map((c) => c.normalize('NFD')[0].replace(/[đĐðÐ]/, 'd').toLowerCase()).join('');
}

function rank(choice: Choice, typed: string): number {
  const name = fold(choice.name);
  const words = name.split(/[\s,.-]+/);
  const note = fold(choice.note ?? '');
  if (note && note === typed) return 0;
  if (typed.length > 1 && words.map((w) => w[0]).join('').startsWith(typed.replace(/\s/g, ''))) return 1;
  if (name.startsWith(typed)) return 2;
  const parts = typed.split(/\s+/);
  let at = 0;
  for (const word of words) if (parts[at] && word.startsWith(parts[at])) at++;
  if (at === parts.length) return 3;
  if (name.includes(typed) || (note && note.startsWith(typed))) return 4;
  // initials first, then words: "bo nn" finds "Bộ Nông nghiệp"
  let rest = typed.replace(/\s/g, '');
  for (const word of words) {
    let n = 0;
    while (n < rest.length && n < word.length && rest[n] === word[n]) n++;
    rest = rest.slice(n);
  }
  return rest ? -1 : 5;
}

function usesOf(field: string): Record<string, number> {
  try { return JSON.parse(localStorage.getItem(`uses-${field}`) ?? '{}'); } catch { return {}; }
}

function addUse(field: string, id: number): void {
  const uses = usesOf(field);
  uses[id] = (uses[id] ?? 0) + 1;
  localStorage.setItem(`uses-${field}`, JSON.stringify(uses));
}

export function findChoices(choices: Choice[], text: string, field: string): Choice[] {
  const typed = fold(text).trim();
  const own = usesOf(field);
  const weigh = (c: Choice): number => (own[c.id] ?? 0) * 1000 + (c.uses ?? 0);
  return choices.map((c) => ({ c, r: typed ? rank(c, typed) : 0 })).filter((x) => x.r >= 0)
    .sort((a, b) => a.r - b.r || weigh(b.c) - weigh(a.c)).slice(0, 8).map((x) => x.c);
}

function Marked({ name, typed }: { name: string; typed: string }): JSX.Element {
  const at = typed ? fold(name).indexOf(typed) : -1;
  if (at < 0) return <span>{name}</span>;
  const text = [...name.normalize('NFC')];
  return <span>{text.slice(0, at).join('')}<mark>{text.slice(at, at + typed.length).join('')}</mark>{text.slice(at + typed.length).join('')}</span>;
}

export interface ComboProps {
  id: string; label: string; text: string; choices: Choice[];
  set: (text: string) => void;
  take: (choice: Choice) => void;
  next: (back?: boolean) => void;
  add?: (text: string) => void;
  addLabel?: string;
  backspace?: () => void;
  required?: boolean; invalid?: boolean; placeholder?: string; describedBy?: string; disabled?: boolean;
  keep?: boolean;
  found?: boolean; /* the choices were found elsewhere: shown as they are */
  focused?: () => void;
}

/** The input and its list; what a choice means is the caller's business. */
export function Combo(props: ComboProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLUListElement>(null);
  const typed = fold(props.text).trim();
  const found = useMemo(() => (props.found ? props.choices.slice(0, 8) : findChoices(props.choices, props.text, props.id)), [props.text, props.choices]);
  const adds = !!props.add && !!typed && !found.some((c) => fold(c.name) === typed);
  const count = found.length + (adds ? 1 : 0);
  const shown = open && count > 0;
  useEffect(() => { if (shown) box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); }, [at, shown]);
  const take = (n: number): void => {
    if (n < found.length) {
      addUse(props.id, found[n].id);
      props.take(found[n]);
    } else if (adds) props.add?.(props.text.trim());
    setAt(0);
    setOpen(false);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0;
    if (event.code === 'F4' || (step && event.altKey)) {
      event.preventDefault();
      setOpen(!open);
    } else if (step && shown) {
      event.preventDefault();
      setAt((n) => (n + step + count) % count);
    } else if (step === 1 && !event.altKey) {
      event.preventDefault();
      setOpen(true);
    } else if (/Enter$/.test(event.code) && event.altKey && props.add && typed) {
      event.preventDefault();
      props.add(props.text.trim());
      setOpen(false);
    } else if (/Enter$/.test(event.code) && !event.ctrlKey) {
      event.preventDefault();
      const had = shown && !event.shiftKey;
      if (had) take(at);
      if (!(had && props.keep)) props.next(event.shiftKey);
    } else if (event.code === 'Tab' && shown && typed && found[at] && fold(found[at].name).startsWith(typed)) {
      take(at);
    } else if (event.code === 'Escape' && shown) {
      event.preventDefault(); // a dialog around it stays open
      event.stopPropagation();
      setOpen(false);
    } else if (event.code === 'Backspace' && !props.text && props.backspace) {
      event.preventDefault();
      props.backspace();
    }
  };
  const list = `${props.id}-list`;
  return (
    <div class="choose">
      <input id={props.id} role="combobox" aria-expanded={shown} aria-controls={list} aria-autocomplete="list" autocomplete="off" placeholder={props.placeholder}
        aria-activedescendant={shown ? `${list}-${at}` : undefined} aria-required={props.required} aria-invalid={props.invalid} aria-describedby={props.describedBy} disabled={props.disabled} value={props.text}
        onInput={(e) => { props.set(e.currentTarget.value); setAt(0); setOpen(true); }} onKeyDown={press} onFocus={props.focused} onBlur={() => setOpen(false)} />
      <ul id={list} role="listbox" aria-label={props.label} hidden={!shown} ref={box}>
        {shown && found.map((c, i) => (
          <li id={`${list}-${i}`} role="option" aria-selected={i === at} onMouseDown={(e) => { e.preventDefault(); take(i); }}>
            {c.icon && <Icon name={c.icon} />}<Marked name={c.name} typed={typed} /><small>{c.note}</small></li>
        ))}
        {shown && adds && <li id={`${list}-${found.length}`} role="option" class="add" aria-selected={at === found.length} onMouseDown={(e) => { e.preventDefault(); take(found.length); }}>
          <Icon name="plus" /><span>{props.addLabel ?? say('Thêm', 'Add')} “{props.text.trim()}”</span><small><kbd>Alt ↵</kbd></small></li>}
      </ul>
      <span class="sr" role="status">{shown ? say(`${count} gợi ý`, `${count} suggestions`) : ''}</span>
    </div>
  );
}

/** One value: the text, and the id when it is one of the list. */
export function Choose(props: {
  id: string; label: string; text: string; choices: Choice[]; required?: boolean; invalid?: boolean; describedBy?: string; disabled?: boolean; placeholder?: string;
  set: (text: string, id: number) => void; next: (back?: boolean) => void; focused?: () => void;
}): JSX.Element {
  const { set, ...rest } = props;
  return <div class="single"><Combo {...rest} set={(text) => set(text, 0)} take={(c) => set(c.name, c.id)} /><Icon name="chevron-down" /></div>;
}

export interface Token { id: number; kind: string; name: string }

/** Many values as tokens before the input. */
export function Tokens(props: {
  id: string; label: string; tokens: Token[]; choices: Choice[]; set: (tokens: Token[]) => void; next: (back?: boolean) => void;
  add?: boolean; addLabel?: string; placeholder?: string; invalid?: boolean; describedBy?: string; required?: boolean; focused?: () => void;
  find?: (text: string) => void; found?: boolean; before?: (token: Token, at: number) => ComponentChildren;
}): JSX.Element {
  const [text, setText] = useState('');
  const [last, setLast] = useState(false);
  const change = (value: string): void => { setText(value); setLast(false); props.find?.(value); };
  const add = (token: Token): void => {
    if (!props.tokens.some((t) => t.name === token.name)) props.set([...props.tokens, token]);
    change('');
  };
  const drop = (at: number): void => { props.set(props.tokens.filter((_, i) => i !== at)); setLast(false); };
  return (
    <div class="tokens" onClick={(e) => { if (e.target === e.currentTarget) e.currentTarget.querySelector('input')?.focus(); }}>
      {props.tokens.map((t, i) => (
        <span class={`token ${last && i === props.tokens.length - 1 ? 'chosen' : ''}`}>{props.before?.(t, i)}<span>{t.name}</span>
          <button type="button" tabIndex={-1} aria-label={say(`Bỏ ${t.name}`, `Remove ${t.name}`)} onClick={() => drop(i)}><Icon name="x" /></button></span>
      ))}
      <Combo id={props.id} label={props.label} text={text} choices={props.choices} set={change} take={(c) => add({ id: c.id, kind: c.kind ?? '', name: c.name })}
        next={(back) => { if (text.trim() && props.add && !back) add({ id: 0, kind: 'name', name: text.trim() }); else props.next(back); }}
        add={props.add ? (value) => add({ id: 0, kind: 'name', name: value }) : undefined} addLabel={props.addLabel} keep found={props.found} placeholder={props.tokens.length ? undefined : props.placeholder}
        invalid={props.invalid} describedBy={props.describedBy} required={props.required} focused={props.focused}
        backspace={() => { if (!props.tokens.length) return; if (last) drop(props.tokens.length - 1); else setLast(true); }} />
    </div>
  );
}
