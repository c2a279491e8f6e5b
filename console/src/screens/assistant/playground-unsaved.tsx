import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n';
import { Voice } from './playground';
import { Thread } from './playground-thread';
import { useRehearsalWords } from './playground-words';
import styles from './playground.module.css';

/** A text as it is being written, beside what is live. */
export function TryUnsaved({ content, onClose }: { content: string; onClose: () => void }) {
  const { t, locale } = useSpeech();
  const w = useRehearsalWords();
  const [covered, cover] = useState(false);
  return (
    <Modal
      opened
      size="72rem"
      // Escape is for the dialog on top, which is not this one then.
      closeOnEscape={!covered}
      onClose={onClose}
      title={w('try_unsaved')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.unsaved}>
        <Voice />
        <Thread
          sides={[{ content }, {}]}
          names={[w('this_text'), w('live_now')]}
          about={{ locale, item: null }}
          onDialog={cover}
        />
      </div>
    </Modal>
  );
}
