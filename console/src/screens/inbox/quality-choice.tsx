import { useId } from 'react';
import type { Quality } from '../../api/types';
import { useSpeech } from '../../i18n';
import { QUALITIES } from './quality';
import styles from './quality.module.css';

export interface QualityChoiceProps {
  label: string;
  value: Quality | null;
  onChange: (value: Quality | null) => void;
}

/** Hot, warm, cold, or nothing: one of them. */
export function QualityChoice({ label, value, onChange }: QualityChoiceProps) {
  const { t } = useSpeech();
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <div>
        {[null, ...QUALITIES].map((quality) => (
          <label key={quality} data-quality={quality}>
            <input type="radio" name={name} checked={value === quality} onChange={() => onChange(quality)} />
            {quality && <span className={styles.dot} data-quality={quality} aria-hidden="true" />}
            {t(quality ? `quality_${quality}` : 'quality_none')}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
