// Screens that come as modules of their own, when asked for or when idle.
import { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '.';
import { say } from '../words';

const waiting: (() => Promise<unknown>)[] = [];

/** A screen in place of itself until its module is there. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let found: ComponentType<P> | undefined;
  const get = (): Promise<ComponentType<P>> => load().then((screen) => { found = screen; return screen; });
  waiting.push(get);
  return function Lazy(props: P): JSX.Element | null {
    const [, turn] = useState(0);
    const [error, setError] = useState<Error>();
    const ask = (): void => { get().then(() => turn((n) => n + 1), () => setError(new Error(say('Chưa tải được màn hình này.', 'This screen could not be loaded.')))); };
    useEffect(() => { if (!found) ask(); }, []);
    if (error && !found) return <main class="content" id="content"><Problem error={error} again={() => location.reload()} /></main>;
    const Screen = found;
    return Screen ? <Screen {...props} /> : null;
  };
}

/** The others, one after the other, while nobody needs anything. */
export function loadIdle(): void {
  const next = waiting.shift();
  if (next) setTimeout(() => void next().catch(() => undefined).then(loadIdle), 150);
}
