import type { ReactNode } from 'react';
import { LOCALE_NAMES, LOCALES, useSpeech } from '../../i18n';
import { useLanguage } from '../../shell/language';
import styles from './door.module.css';

/** The page before the console: one card, and the languages. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const { locale } = useSpeech();
  const speakIn = useLanguage();
  return (
    <main className={styles.door}>
      <div className={styles.card}>
        <span className={styles.logo} aria-hidden="true">
          T
        </span>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
      <div className={styles.languages}>
        {LOCALES.map((other) => (
          <button
            key={other}
            type="button"
            lang={other}
            aria-pressed={other === locale}
            onClick={() => void speakIn(other)}
          >
            {LOCALE_NAMES[other]}
          </button>
        ))}
      </div>
    </main>
  );
}
