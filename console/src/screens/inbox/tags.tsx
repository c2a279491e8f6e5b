import { useState } from 'react';
import { useSpeech } from '../../i18n';
import { Icon } from '../../patterns/icons';
import styles from './lead.module.css';

const MOST = 20;

/** Words of one's own on a conversation; Enter or a comma adds one. */
export function Tags({ tags, onChange }: { tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const { t } = useSpeech();
  const [text, setText] = useState('');
  const add = (): void => {
    const tag = text.trim().replace(/,$/, '').slice(0, 40);
    setText('');
    if (tag && !tags.includes(tag) && tags.length < MOST) onChange([...tags, tag]);
  };
  return (
    <div className={styles.field}>
      <label htmlFor="tags">{t('tags')}</label>
      <div className={styles.tags}>
        {tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
            <button
              type="button"
              aria-label={t('remove_tag', { name: tag })}
              onClick={() => onChange(tags.filter((other) => other !== tag))}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        ))}
        <input
          id="tags"
          value={text}
          maxLength={41}
          placeholder={t('add_tag')}
          onChange={(e) => setText(e.currentTarget.value)}
          onBlur={add}
          onKeyDown={(press) => {
            if (press.nativeEvent.isComposing) return;
            if (press.key === 'Enter' || press.key === ',') {
              press.preventDefault();
              add();
            }
            if (press.key === 'Backspace' && !text) onChange(tags.slice(0, -1));
          }}
        />
      </div>
    </div>
  );
}
