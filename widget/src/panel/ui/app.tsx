// The panel: header, conversation, composer. And what can only be heard.

import { useEffect, useRef, useState } from 'preact/hooks';
import { Announcer } from '../announce';
import { agentOf } from '../chat';
import type { Engine } from '../engine';
import type { View } from '../store';
import type { Speech } from '../i18n';
import { plainText } from '../markdown';
import { chime } from '../sound';
import { Composer } from './composer';
import { Icon } from './icons';
import { Menu } from './menu';
import { Avatar } from './message';
import { Transcript } from './transcript';

export const App = ({ engine }: { engine: Engine }) => {
  const [view, setView] = useState(engine.view);
  const [menu, setMenu] = useState(false);
  useEffect(() => engine.store.watch(() => setView(engine.view)), []);
  const { speech } = view;

  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]'))
        engine.close();
    };
    document.addEventListener('keydown', escape);
    return () => document.removeEventListener('keydown', escape);
  }, []);

  return (
    <main class={'panel' + (view.full ? ' full' : '')}>
      <Header view={view} engine={engine} openMenu={() => setMenu(true)} menu={menu} />
      <Banner view={view} engine={engine} />
      {view.site || view.chat.messages.length ? (
        <Transcript view={view} engine={engine} />
      ) : (
        <Waiting view={view} engine={engine} />
      )}
      <Composer view={view} engine={engine} />
      <Heard engine={engine} speech={speech} assistant={view.site?.assistant ?? ''} />
      {menu && <Menu view={view} engine={engine} close={() => setMenu(false)} />}
    </main>
  );
};

interface HeaderProps {
  view: View;
  engine: Engine;
  openMenu: () => void;
  menu: boolean;
}

const Header = ({ view, engine, openMenu, menu }: HeaderProps) => {
  const { speech, theme, chat, site } = view;
  const { t } = speech;
  const images = site?.images ?? [];
  const seller = chat.handler === 'seller' ? chat.agent : null;
  const title = seller?.name || theme.title || site?.name || t('title');
  return (
    <header class="head">
      <Avatar
        party={seller ?? { uuid: null, name: title, avatar: theme.logo }}
        images={images}
        ai={!seller}
        size={theme.logo && !seller ? 'big logo' : 'big'}
      />
      <div class="head-text">
        <h1>{title}</h1>
        <p class="status">{status(view)}</p>
      </div>
      <button
        type="button"
        class="round"
        aria-label={chat.handler === 'assistant' ? t('person') : t('person_asked')}
        title={chat.handler === 'assistant' ? t('person') : t('person_asked')}
        disabled={view.phase !== 'ready' || chat.handler !== 'assistant'}
        onClick={() => void engine.handoff()}
      >
        <Icon name="person" />
      </button>
      <button
        type="button"
        class="round"
        aria-label={t('menu')}
        title={t('menu')}
        aria-haspopup="dialog"
        aria-expanded={menu}
        onClick={openMenu}
      >
        <Icon name="more" />
      </button>
      <button
        type="button"
        class="round"
        aria-label={t('close_chat')}
        title={t('close_chat')}
        onClick={() => engine.close()}
      >
        <Icon name="close" />
      </button>
    </header>
  );
};

function status({ speech, chat, theme, phase }: View) {
  if (phase === 'loading' || phase === 'failed') return speech.t('status_connecting');
  if (chat.typing && chat.agent?.name) return speech.t('typing', { name: chat.agent.name });
  if (chat.handler === 'seller') {
    return (
      <>
        {chat.online && <i class="dot" />}
        {speech.t(chat.online ? 'status_seller_online' : 'status_seller')}
      </>
    );
  }
  return chat.handler === 'queue' ? speech.t('status_queue') : theme.subtitle || speech.t('status_ai');
}

const Banner = ({ view, engine }: { view: View; engine: Engine }) => {
  const { t } = view.speech;
  const offline = view.net === 'offline';
  const text = offline
    ? t('offline')
    : view.phase === 'blocked'
      ? t('blocked')
      : view.hint
        ? t(view.hint)
        : view.net === 'connecting' && view.phase === 'ready'
          ? t('reconnecting')
          : view.phase === 'failed' && view.site
            ? t('load_failed')
            : null;
  return (
    <div class="banner-box" role="status">
      {text && (
        <p class={'banner' + (view.net === 'connecting' && !view.hint ? ' late' : '')}>
          {text}
          {view.phase === 'failed' && (
            <button type="button" class="link" onClick={() => engine.again()}>
              {t('retry')}
            </button>
          )}
        </p>
      )}
    </div>
  );
};

const Waiting = ({ view, engine }: { view: View; engine: Engine }) => {
  const { t } = view.speech;
  if (view.phase === 'failed' || view.phase === 'refused') {
    return (
      <div class="waiting">
        <Icon name="alert" size={36} />
        <p class="strong">{t(view.phase === 'refused' ? 'refused' : 'load_failed')}</p>
        {view.phase === 'failed' && (
          <>
            <p class="soft">{t('load_failed_hint')}</p>
            <button type="button" class="primary" onClick={() => engine.again()}>
              {t('retry')}
            </button>
          </>
        )}
      </div>
    );
  }
  return (
    <div class="waiting" aria-busy="true">
      <div class="ghost theirs" />
      <div class="ghost theirs short" />
      <div class="ghost mine" />
    </div>
  );
};

/** What a screen reader says: large pieces, who speaks first; the visible conversation itself stays silent. */
const Heard = ({ engine, speech, assistant }: { engine: Engine; speech: Speech; assistant: string }) => {
  const log = useRef<HTMLDivElement>(null);
  const now = useRef({ speech, assistant });
  now.current = { speech, assistant };

  useEffect(() => {
    const say = (text: string): void => {
      const line = document.createElement('p');
      line.textContent = text;
      log.current!.append(line);
      while (log.current!.childElementCount > 20) log.current!.firstElementChild!.remove();
    };
    let opening = true;
    const announcer = new Announcer((piece) => {
      const text = plainText(piece);
      const who = now.current.assistant || now.current.speech.t('assistant');
      say(opening ? `${who}: ${text}` : text);
      opening = false;
    });
    let failed = 0;
    const unwatch = engine.store.watch(() => {
      const count = engine.view.pending.filter((p) => p.state === 'failed').length;
      if (count > failed) say(now.current.speech.t('not_sent'));
      failed = count;
    });
    engine.store.listen((signal) => {
      const { t } = now.current.speech;
      if (signal.kind === 'reset') {
        announcer.reset();
        opening = true;
        log.current!.replaceChildren();
      } else if (signal.kind === 'running') {
        if (!signal.text) {
          announcer.reset();
          opening = true;
        }
        announcer.grow(signal.text);
      } else if (signal.kind === 'say') {
        say(signal.text);
      } else {
        const { message } = signal;
        if (message.author === 'assistant') {
          announcer.finish(message.context.text);
          opening = true;
        } else if (message.author === 'seller') {
          say(`${message.sender.name ?? ''}: ${plainText(message.context.text)}`);
        } else if (message.author === 'system' && message.context.text === 'handoff.requested') {
          say(t('sys_handoff'));
        } else if (message.author === 'system' && message.context.text === 'agent.joined') {
          say(t('joined', { name: agentOf(message)?.name ?? t('someone') }));
        }
        if (message.author === 'assistant' || message.author === 'seller') chime(engine.view);
      }
    });
    return unwatch;
  }, []);

  return <div ref={log} class="unseen" role="log" aria-live="polite" />;
};
