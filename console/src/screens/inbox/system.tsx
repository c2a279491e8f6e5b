import type { Message, Party } from '../../api/types';
import { type Key, useSpeech } from '../../i18n';
import { reasonText } from './reasons';
import styles from './thread.module.css';

interface SystemEvent {
  event?: string;
  agent?: Party | null;
  reason?: string;
  outcome?: string | null;
  note?: string;
}

const TEXTS: Record<string, Key> = {
  'handoff.requested': 'event_handoff',
  'agent.joined': 'event_joined',
  'agent.left': 'event_left',
  'conversation.closed': 'event_closed',
};

/** What happened, in the order in which it did. */
export function SystemRow({ message }: { message: Message }) {
  const speech = useSpeech();
  const { t } = speech;
  const what = (message.metadata.find((entry) => 'event' in entry) ?? {}) as SystemEvent;
  const key = TEXTS[what.event ?? ''] ?? 'event_other';
  const at = new Date(message.timestamps.created_at);
  return (
    <p className={styles.system}>
      {t(key, { name: what.agent?.name ?? t('a_colleague') })}
      {what.event === 'handoff.requested' && what.reason && ` · ${reasonText(speech, what.reason)}`}
      {what.outcome && ` · ${t(`outcome_${what.outcome}` as Key)}`}
      {what.note && ` · “${what.note}”`}
      <time dateTime={message.timestamps.created_at} title={speech.dateTime(at)}>
        {speech.time(at)}
      </time>
    </p>
  );
}
