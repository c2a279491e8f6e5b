import { useSyncExternalStore } from 'react';
import { useSpeech } from '../i18n';
import { Icon } from './icons';
import styles from './notices.module.css';

interface Notice {
  id: number;
  text: string;
  tone: 'good' | 'bad';
  act: NoticeAct | undefined;
}

/** What one can do about it while it is there, such as taking it back. */
interface NoticeAct {
  label: string;
  run: () => void;
}

const SHOWN_MS = { good: 4000, bad: 7000 };
const WITH_ACT_MS = 10_000;
const MOST = 3;

let notices: readonly Notice[] = [];
let count = 0;
const listeners = new Set<() => void>();

function set(next: readonly Notice[]): void {
  notices = next;
  listeners.forEach((listener) => listener());
}

const dismiss = (id: number): void => set(notices.filter((n) => n.id !== id));

/** A sentence at the edge of the screen, for some seconds; the same one twice is shown once. */
export function notice(text: string, tone: Notice['tone'], act?: NoticeAct): void {
  const id = ++count;
  set([...notices.filter((n) => n.text !== text), { id, text, tone, act }].slice(-MOST));
  setTimeout(() => dismiss(id), act ? WITH_ACT_MS : SHOWN_MS[tone]);
}

export function Notices() {
  const { t } = useSpeech();
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notices,
  );
  return (
    <div className={styles.notices} role="status">
      {shown.map(({ id, text, tone, act }) => (
        <div key={id} className={styles.notice} data-tone={tone}>
          <Icon name={tone === 'bad' ? 'alert' : 'check'} />
          <span>{text}</span>
          {act && (
            <button
              type="button"
              className={styles.act}
              onClick={() => {
                dismiss(id);
                act.run();
              }}
            >
              {act.label}
            </button>
          )}
          <button type="button" aria-label={t('close')} onClick={() => dismiss(id)}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
