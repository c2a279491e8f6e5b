import type { Quality } from '../../api/types';
import { useSpeech } from '../../i18n';
import styles from './quality.module.css';

export const QUALITIES: readonly Quality[] = ['hot', 'warm', 'cold'];

/** The tier, by colour and by shape: how much of the mark is filled. */
export function QualityDot({ quality }: { quality: Quality | null }) {
  const { t } = useSpeech();
  if (!quality) return null;
  const name = t(`quality_${quality}`);
  return (
    <span className={styles.dot} data-quality={quality} title={name}>
      <span className="sr-only">{name}</span>
    </span>
  );
}

export function QualityBadge({ quality }: { quality: Quality }) {
  const { t } = useSpeech();
  return (
    <span className={styles.badge} data-quality={quality}>
      <span className={styles.dot} data-quality={quality} aria-hidden="true" />
      {t(`quality_${quality}`)}
    </span>
  );
}
