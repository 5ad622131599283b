// Typeahead after the ARIA combobox pattern: code, initials, prefixes, anywhere.
import { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { say } from '../words';

export interface Choice { id: number; name: string; note?: string; uses?: number }

export function fold(text: string): string {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐðÐ]/g, 'd').toLowerCase();
}

function rank(choice: Choice, typed: string): number {
  const name = fold(choice.name);
  const words = name.split(/\s+/);
  if (fold(choice.note ?? '') === typed) return 0;
  if (words.map((w) => w[0]).join('').startsWith(typed.replace(/\s/g, ''))) return 1;
  if (name.startsWith(typed)) return 2;
  const parts = typed.split(/\s+/);
  let at = 0;
  for (const word of words) if (parts[at] && word.startsWith(parts[at])) at++;
  if (at === parts.length) return 3;
  return name.includes(typed) ? 4 : -1;
}

export function Choose(props: {
  id: string; label: string; text: string; choices: Choice[]; required?: boolean; invalid?: boolean;
  set: (text: string, id: number) => void; next: () => void;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const found = useMemo(() => {
    const typed = fold(props.text).trim();
    if (!typed) return [...props.choices].sort((a, b) => (b.uses ?? 0) - (a.uses ?? 0)).slice(0, 8);
    return props.choices.map((c) => ({ c, r: rank(c, typed) })).filter((x) => x.r >= 0)
      .sort((a, b) => a.r - b.r || (b.c.uses ?? 0) - (a.c.uses ?? 0)).slice(0, 8).map((x) => x.c);
  }, [props.text, props.choices]);
  const shown = open && found.length > 0;
  const take = (choice: Choice | undefined): void => {
    if (choice) props.set(choice.name, choice.id);
    setOpen(false);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0;
    if (event.code === 'F4' || (step && event.altKey)) {
      event.preventDefault();
      setOpen(true);
    } else if (step && shown) {
      event.preventDefault();
      setAt((n) => (n + step + found.length) % found.length);
    } else if (event.code === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      if (shown) take(found[at]);
      props.next();
    } else if (event.code === 'Tab' && shown && fold(found[at].name).startsWith(fold(props.text)) && props.text) {
      take(found[at]);
    } else if (event.code === 'Escape' && shown) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  const list = `${props.id}-list`;
  return (
    <div class="choose">
      <input id={props.id} role="combobox" aria-expanded={shown} aria-controls={list} aria-autocomplete="list" autocomplete="off"
        aria-activedescendant={shown ? `${list}-${at}` : undefined} aria-required={props.required} aria-invalid={props.invalid} value={props.text}
        onInput={(e) => { props.set(e.currentTarget.value, 0); setAt(0); setOpen(true); }} onKeyDown={press} onBlur={() => setOpen(false)} />
      <ul id={list} role="listbox" aria-label={props.label} hidden={!shown}>
        {shown && found.map((c, i) => (
          <li id={`${list}-${i}`} role="option" aria-selected={i === at} onMouseDown={(e) => { e.preventDefault(); take(c); }}>{c.name}<small>{c.note}</small></li>
        ))}
      </ul>
      <span class="sr" role="status">{shown ? say(`${found.length} gợi ý`, `${found.length} suggestions`) : ''}</span>
    </div>
  );
}
