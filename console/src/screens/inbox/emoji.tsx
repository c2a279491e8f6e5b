import { ActionIcon, Popover } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import styles from './composer.module.css';

const EMOJI = [
  ...new Intl.Segmenter().segment(
    '😀😃😄😁😅😂🙂😉😊😍🤔😮😢🥳😇😌😋🤝👍👎👌👋🙏👏💪🤞🙌💡❤✨⭐🔥🎉🎁🏆💯✅❌❗❓⏰📅📞💻📧📷📍🏠🏢🔑🚗🚙🏍🔧✈💰💳🧾📄📎☀🌙☕',
  ),
].map(({ segment }) => segment);

/** Seed 000's smile beside the field: one picture at the end of what was written. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useSpeech();
  const [opened, open] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={open}
      position="top-start"
      portalProps={{ target: '#overlays' }}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          title={t('emoji')}
          aria-label={t('emoji')}
          onClick={() => open(!opened)}
        >
          <Icon name="smile" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.emoji} role="group" aria-label={t('emoji')}>
          {EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              onClick={() => {
                open(false);
                onPick(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
