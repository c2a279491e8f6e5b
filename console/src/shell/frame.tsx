import { Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { useSpeech } from '../i18n';
import { useConnection } from '../live/connection';
import { useInboxLive } from '../live/inbox';
import { usePushed } from '../live/pushed';
import { useUnread, useUnreadCount } from '../live/unread';
import { Failure, Loading, Quiet, Refused } from '../patterns/failure';
import { Icon } from '../patterns/icons';
import { AccountMenu } from './account';
import styles from './frame.module.css';
import { useShortcuts } from './keys';
import { MeProvider, useMe, useMeQuery } from './me';
import { type Screen, SCREENS } from './screens';

const KeysDialog = lazy(() => import('./keys-dialog'));

/** Everything around the screens, for somebody who is signed in. */
export function Shell() {
  const me = useMeQuery();
  if (me.isPending) return <Loading />;
  if (me.isError) return <Refused error={me.error} retry={() => void me.refetch()} />;
  return (
    <MeProvider value={me.data}>
      <Frame />
    </MeProvider>
  );
}

function Frame() {
  const { t } = useSpeech();
  const me = useMe();
  // A screen that broke is forgotten when another one is opened.
  const place = useLocation()[0].split('/')[1];
  const [keysShown, showKeys] = useState(false);
  const screens = SCREENS.filter((screen) => screen.roles.includes(me.role));
  useShortcuts('keys_everywhere', [{ keys: '?', label: 'keys_show', run: () => showKeys(true) }]);
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#screen">
        {t('skip')}
      </a>
      {me.role !== 'marketing' && <Live />}
      <Rail screens={screens} onKeys={() => showKeys(true)} />
      <div className={styles.body}>
        <ConnectionBar />
        <main id="screen" className={styles.screen} tabIndex={-1}>
          <Failure key={place}>
            <Suspense fallback={<Loading />}>
              <Switch>
                {screens.map((screen) => (
                  <Route key={screen.path} path={`${screen.path}/*?`} component={screen.component} />
                ))}
                <Route path="/">
                  {screens[0] ? <Redirect to={screens[0].path} replace /> : <NothingForYou />}
                </Route>
                {SCREENS.filter((s) => !s.roles.includes(me.role)).map((screen) => (
                  <Route key={screen.path} path={`${screen.path}/*?`} component={NothingForYou} />
                ))}
                <Route>
                  <Quiet icon="search" title={t('page_missing')}>
                    <Link href="/">{t('page_missing_back')}</Link>
                  </Quiet>
                </Route>
              </Switch>
            </Suspense>
          </Failure>
          <div id="overlays" />
        </main>
      </div>
      {keysShown && (
        <Suspense>
          <KeysDialog opened onClose={() => showKeys(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Listens for as long as somebody is signed in, whatever screen they look at. */
function Live() {
  useInboxLive();
  useUnread();
  usePushed();
  return null;
}

function NothingForYou() {
  const { t } = useSpeech();
  return <Quiet icon="ban" title={t('no_permission')} text={t('no_permission_text')} heading />;
}

/** On a phone so many places beside the account have room for a finger. */
const PHONE_PLACES = 5;

function Rail({ screens, onKeys }: { screens: readonly Screen[]; onKeys: () => void }) {
  const { t } = useSpeech();
  const [location] = useLocation();
  const phone = useMediaQuery('(max-width: 760px)', window.innerWidth <= 760);
  // On a phone an open conversation has the whole height.
  const deep = location.startsWith('/messages/');
  const shown = phone && screens.length > PHONE_PLACES ? screens.slice(0, PHONE_PLACES - 1) : screens;
  return (
    <nav className={styles.rail} aria-label={t('nav_main')} data-deep={deep}>
      <span className={styles.logo} aria-hidden="true">
        T
      </span>
      <ul className={styles.links}>
        {shown.map((screen) => (
          <li key={screen.path}>
            <Link
              href={screen.path}
              className={styles.link}
              aria-current={isAt(screen, location) ? 'page' : undefined}
            >
              <Icon name={screen.icon} size={20} />
              <span>{t(screen.title)}</span>
              {screen.path === '/messages' && <UnreadMark />}
            </Link>
          </li>
        ))}
        {shown.length < screens.length && (
          <li>
            <MoreScreens screens={screens.slice(shown.length)} />
          </li>
        )}
      </ul>
      <button type="button" className={styles.keys} onClick={onKeys} aria-label={t('keys_title')}>
        <Icon name="keyboard" size={20} />
      </button>
      <AccountMenu />
    </nav>
  );
}

const isAt = (screen: Screen, location: string): boolean =>
  location === screen.path || location.startsWith(screen.path + '/');

/** The screens that have no place of their own. */
function MoreScreens({ screens }: { screens: readonly Screen[] }) {
  const { t } = useSpeech();
  const [location, go] = useLocation();
  const here = screens.find((screen) => isAt(screen, location));
  return (
    <Menu position="top-end" width={220} withinPortal>
      <Menu.Target>
        <button type="button" className={styles.link} data-here={here !== undefined}>
          <Icon name="more" size={20} />
          <span>{t('nav_more')}</span>
          {here && <span className="sr-only"> · {t(here.title)}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {screens.map((screen) => (
          <Menu.Item
            key={screen.path}
            leftSection={<Icon name={screen.icon} size={18} />}
            aria-current={screen === here ? 'page' : undefined}
            onClick={() => go(screen.path)}
          >
            {t(screen.title)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function UnreadMark() {
  const { t } = useSpeech();
  const count = useUnreadCount();
  if (!count) return null;
  return (
    <span className={styles.unread}>
      {count > 99 ? '99+' : count}
      <span className="sr-only"> {t('unread')}</span>
    </span>
  );
}

function ConnectionBar() {
  const { t } = useSpeech();
  const { role } = useMe();
  const connection = useConnection();
  const [wasLive, setWasLive] = useState(false);
  if (connection === 'live' && !wasLive) setWasLive(true);
  const shown = connection === 'offline' || (connection === 'connecting' && wasLive && role !== 'marketing');
  return (
    <div role="status">
      {shown && (
        <p className={styles.offline}>
          <Icon name="offline" size={16} />
          {t(connection === 'offline' ? 'offline' : 'reconnecting')}
        </p>
      )}
    </div>
  );
}
