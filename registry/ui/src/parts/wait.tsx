// What stands where an answer is still missing.
import { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { say } from '../words';
import { Button, Problem } from '.';

const PATIENCE = [200, 5000, 15000]; // milliseconds: skeleton, a word, a way out

/** What went wrong; or, while nothing is there and time goes by, the outline
 *  of what comes. Nothing once it is there. */
export function Wait({ value, error, again }: { value: unknown; error?: Error; again?: () => void }): JSX.Element | null {
  const [patience, set] = useState(0);
  const waits = !error && value === undefined;
  useEffect(() => {
    set(0);
    if (!waits) return undefined;
    const timers = PATIENCE.map((after, i) => setTimeout(() => set(i + 1), after));
    return () => timers.forEach(clearTimeout);
  }, [waits]);
  if (error) return <Problem error={error} again={again} />;
  if (!waits || !patience) return null;
  return (
    <div class="wait" role="status">
      {patience === 1 ? <span class="sr">{say('Đang tải', 'Loading')}</span> : <p class="row"><span>{say('Đang lâu hơn thường lệ', 'This takes longer than usual')}</span>{patience > 2 && again && <Button label={say('Thử lại', 'Try again')} press={again} />}</p>}
      {[60, 92, 84, 70, 92, 40].map((width) => <i style={{ width: `${width}%` }} />)}
    </div>
  );
}
