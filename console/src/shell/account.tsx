import { Menu, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { api, read } from '../api/client';
import { session } from '../api/session';
import type { Me } from '../api/types';
import { LOCALE_NAMES, LOCALES, useSpeech } from '../i18n';
import { Avatar } from '../patterns/avatar';
import { Icon } from '../patterns/icons';
import { tellProblem } from '../patterns/problems';
import styles from './frame.module.css';
import { useLanguage } from './language';
import { ME, useMe } from './me';

const PreferencesDialog = lazy(() => import('./preferences-dialog'));

/** Oneself: there or away, language, colours, signing out. */
export function AccountMenu() {
  const speech = useSpeech();
  const { t } = speech;
  const me = useMe();
  const cache = useQueryClient();
  const speakIn = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [opened, open] = useState(false);
  const away = useMutation({
    mutationFn: (value: boolean) => read<Me>(api.PATCH('/api/v1/staff/me', { body: { away: value } })),
    onSuccess: (changed) => cache.setQueryData<Me>(ME, (old) => old && { ...old, away: changed.away }),
    onError: (error) => tellProblem(speech, error),
  });
  const signOut = async (): Promise<void> => {
    // Nobody else who sits here is told what this one would have been.
    await import('../screens/notifications/push').then(({ leave }) => leave()).catch(() => undefined);
    // Whatever the server says: here the session is over.
    await api.POST('/api/v1/staff/sign-out').catch(() => undefined);
    session.end('signed_out');
    cache.clear();
  };
  return (
    <>
      <Menu position="right-end" width={250} withinPortal>
        <Menu.Target>
          <button type="button" className={styles.account} aria-label={t('account', { name: me.name })}>
            <Avatar name={me.name} online={!me.away} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={styles.who}>
            <strong>{me.name}</strong>
            <small>{me.email}</small>
            <small>
              {t(`role_${me.role}`)} · {me.site.name}
            </small>
          </div>
          <Menu.Item leftSection={<Icon name="clock" size={16} />} onClick={() => away.mutate(!me.away)}>
            {t(me.away ? 'be_available' : 'be_away')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="settings" size={16} />} onClick={() => open(true)}>
            {t('preferences')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('appearance')}</Menu.Label>
          {(['auto', 'light', 'dark'] as const).map((scheme) => (
            <Menu.RadioItem
              key={scheme}
              value={scheme}
              checked={colorScheme === scheme}
              checkIcon={<Icon name="check" size={16} />}
              closeMenuOnClick
              onChange={() => setColorScheme(scheme)}
            >
              {t(`scheme_${scheme}`)}
            </Menu.RadioItem>
          ))}
          <Menu.Label>{t('language')}</Menu.Label>
          {LOCALES.map((locale) => (
            <Menu.RadioItem
              key={locale}
              value={locale}
              lang={locale}
              checked={speech.locale === locale}
              checkIcon={<Icon name="check" size={16} />}
              closeMenuOnClick
              onChange={() => void speakIn(locale)}
            >
              {LOCALE_NAMES[locale]}
            </Menu.RadioItem>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="out" size={16} />} onClick={() => void signOut()}>
            {t('sign_out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {opened && (
        <Suspense>
          <PreferencesDialog opened onClose={() => open(false)} />
        </Suspense>
      )}
    </>
  );
}
