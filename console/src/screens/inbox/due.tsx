import type { Line } from '../../api/types';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import styles from './due.module.css';

const SOON_MS = 5 * 60_000;

/** How long the visitor has waited, or until when an answer is owed; nothing where nobody waits. */
export function Due({ line, now, inWords = false }: { line: Line; now: Date; inWords?: boolean }) {
  const speech = useSpeech();
  if (!line.waiting_since || line.state === 'bot' || line.state === 'closed') return null;
  const due = line.due_at ? new Date(line.due_at) : null;
  const late = line.overdue === true || (due !== null && due < now);
  const tone = late ? 'late' : due && due.getTime() - now.getTime() < SOON_MS ? 'soon' : 'calm';
  const waited = speech.ago(new Date(line.waiting_since), now);
  const title = due
    ? speech.t(late ? 'overdue_since' : 'due_at', { time: speech.dateTime(due) })
    : speech.t('waiting_since', { time: waited });
  return (
    <span className={styles.due} data-tone={tone} title={title}>
      <Icon name="clock" size={12} />
      {inWords && due && <span className={styles.words}>{speech.t(late ? 'due_late' : 'due_left')}</span>}
      {due ? speech.ago(due, now) : waited}
      <span className="sr-only"> {title}</span>
    </span>
  );
}
