import { useQueryClient } from '@tanstack/react-query';
import { memo } from 'react';
import { ApiProblem } from '../../api/problem';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import { problemText } from '../../patterns/problems';
import { useMe } from '../../shell/me';
import { discard, type Outgoing, retry } from './outbox';
import { putBack } from './put-back';
import { Markdown } from './markdown';
import { Words } from './text';
import styles from './thread.module.css';

/** A message that the server does not have yet, and what to do when it does not want it. */
export const OutgoingRow = memo(function OutgoingRow({ outgoing }: { outgoing: Outgoing }) {
  const speech = useSpeech();
  const { t } = speech;
  const me = useMe();
  const cache = useQueryClient();
  const { status, mode, text, code, detail } = outgoing;
  return (
    <div className={styles.message} data-side="ours">
      <span className={styles.speaker}>
        {mode === 'note' && <Icon name="note" size={14} />}
        {mode === 'note' ? t('note_by', { name: me.name }) : me.name}
      </span>
      <div className={styles.line}>
        <div
          className={styles.bubble}
          data-author="seller"
          data-private={mode === 'note'}
          data-pending={status === 'sending'}
        >
          {mode === 'note' ? <Words text={text} /> : <Markdown text={text} />}
        </div>
        <span className={styles.meta}>
          <Icon name={status === 'sending' ? 'clock' : 'alert'} size={14} />
          <span className="sr-only">{t(status === 'sending' ? 'sending' : 'not_sent')}</span>
        </span>
      </div>
      {status !== 'sending' && (
        <div className={styles.failed} role="alert">
          {problemText(speech, new ApiProblem(1, code ?? '', detail))}
          <button
            type="button"
            className={styles.linkish}
            onClick={() => retry(cache, outgoing.id, status === 'held')}
          >
            {t(status === 'held' ? 'send_anyway' : 'try_again')}
          </button>
          <button
            type="button"
            className={styles.linkish}
            onClick={() => {
              discard(outgoing.id);
              putBack(outgoing.conversation, { mode, text });
            }}
          >
            {t('edit')}
          </button>
          <button type="button" className={styles.linkish} onClick={() => discard(outgoing.id)}>
            {t('discard')}
          </button>
        </div>
      )}
    </div>
  );
});
