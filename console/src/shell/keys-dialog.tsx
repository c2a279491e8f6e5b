import { Kbd, Modal, Switch } from '@mantine/core';
import { useSpeech } from '../i18n';
import { isMac, useKnownShortcuts } from './keys';
import styles from './keys-dialog.module.css';
import { preferences, usePreferences } from './preferences';

/** Everything that the keyboard does on this screen, and the switch for single letters. */
export default function KeysDialog(props: { opened: boolean; onClose: () => void }) {
  const { t } = useSpeech();
  const groups = useKnownShortcuts();
  const { letters } = usePreferences();
  return (
    <Modal {...props} title={t('keys_title')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <Switch
        checked={letters}
        onChange={(change) => preferences.set({ letters: change.currentTarget.checked })}
        label={t('keys_letters')}
        description={t('keys_letters_why')}
      />
      <div className={styles.groups}>
        {groups.map((group, i) => (
          <section key={group.title + i}>
            <h3 className={styles.title}>{t(group.title)}</h3>
            <dl className={styles.list}>
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.keys} className={styles.line} data-off={isOff(shortcut.keys, letters)}>
                  <dt>{t(shortcut.label)}</dt>
                  <dd>
                    {caps(shortcut.keys).map((cap) => (
                      <Kbd key={cap}>{cap}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

const isOff = (keys: string, letters: boolean): boolean => !letters && keys.length === 1 && keys !== '?';

const NAMES: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

const caps = (keys: string): string[] =>
  keys.split('+').map((k) => NAMES[k] ?? (k.length === 1 ? k.toUpperCase() : k));
