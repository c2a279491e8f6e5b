import { lazy, Suspense, useState } from 'react';
import type { Message, ReplyOrigin } from '../../api/types';
import { type Speech, useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { useReplies } from './data';
import styles from './origin.module.css';

const OriginDetails = lazy(() => import('./origin-details'));

/** How a reply of the assistant was made: one quiet line, and the whole of it for whoever asks. */
export function Origin({ message }: { message: Message }) {
  const speech = useSpeech();
  const [opened, open] = useState(false);
  const origin = useReplies(message.conversation_uuid).data?.get(message.message_id);
  if (!origin) return null;
  const text = inShort(speech, origin);
  return (
    <div className={styles.origin}>
      <button
        type="button"
        className={styles.line}
        aria-expanded={opened}
        aria-label={speech.t('origin_of', { text })}
        onClick={() => open(!opened)}
      >
        {text}
        <Icon name="down" size={12} />
      </button>
      {opened && (
        <Suspense>
          <OriginDetails message={message} origin={origin} />
        </Suspense>
      )}
    </div>
  );
}

function inShort(speech: Speech, { source, prompt_ref, model, sources }: ReplyOrigin): string {
  const parts = [
    versionOf(speech, prompt_ref),
    source === 'model' ? model : speech.t('origin_guided'),
    sources.length > 0 && speech.n('sources', sources.length),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** `talia@v3` is version 3; with a hash it is the one that the server came with. */
export function versionOf({ t }: Speech, ref: string | null): string | null {
  if (ref === null) return null;
  return /@(v\d+)$/.exec(ref)?.[1] ?? t('origin_shipped');
}
