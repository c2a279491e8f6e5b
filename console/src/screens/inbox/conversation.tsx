import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { api, read } from '../../api/client';
import type { Conversation } from '../../api/types';
import { useSpeech } from '../../i18n';
import { applyLine, askForCounts, CONVERSATION } from '../../live/inbox';
import { unreadOf } from '../../live/lines';
import { Loading, Refused } from '../../patterns/failure';
import { tellProblem } from '../../patterns/problems';
import { useShortcuts } from '../../shell/keys';
import { useMe } from '../../shell/me';
import { preferences, usePreferences } from '../../shell/preferences';
import { useAct } from './acts';
import { Composer, type ComposerHandle } from './composer';
import { useConversationLive } from './conversation-live';
import styles from './conversation.module.css';
import { useConversation, useThread } from './data';
import type { DialogName } from './dialogs';
import { Header } from './header';
import { LeadPane } from './lead';
import { ThreadView, type ThreadHandle } from './thread';

const Dialogs = lazy(() => import('./dialogs'));
const LeadDrawer = lazy(() => import('./lead-drawer'));

export function ConversationPane({ uuid, onNext }: { uuid: string; onNext: () => void }) {
  const { t } = useSpeech();
  const conversation = useConversation(uuid);
  if (conversation.data) return <Opened conversation={conversation.data} onNext={onNext} />;
  return (
    <section className={styles.pane} aria-label={t('conversation')}>
      {conversation.isError ? (
        <Refused error={conversation.error} retry={() => void conversation.refetch()}>
          <Link href="/messages">{t('back_to_list')}</Link>
        </Refused>
      ) : (
        <Loading />
      )}
    </section>
  );
}

function Opened({ conversation, onNext }: { conversation: Conversation; onNext: () => void }) {
  const speech = useSpeech();
  const { t } = speech;
  const { uuid } = conversation;
  const me = useMe();
  const thread = useThread(uuid);
  const now = useConversationLive(uuid, thread.data !== undefined && !conversation.lost);
  const act = useAct(uuid);
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const threadView = useRef<ThreadHandle>(null);
  const wide = useMediaQuery('(min-width: 1180px)', window.innerWidth >= 1180);
  const { leadPane } = usePreferences();
  const [drawer, openDrawer] = useState(false);
  const toggleLead = useCallback(
    () => (wide ? preferences.set({ leadPane: !preferences.get().leadPane }) : openDrawer((open) => !open)),
    [wide],
  );
  const mine = conversation.state === 'open' && conversation.assignee?.uuid === me.uuid;
  const [, go] = useLocation();
  const cache = useQueryClient();
  const markUnread = (): void => {
    read(api.PUT('/api/v1/chat/conversations/{uuid}/unread', { params: { path: { uuid } }, body: {} })).then(
      () => askForCounts(cache),
      (error: unknown) => tellProblem(speech, error),
    );
    // Whoever goes on looking at it has read it.
    go('/messages');
  };
  const jump = useCallback((message: string) => {
    openDrawer(false);
    threadView.current?.show(message);
  }, []);
  const loaded = thread.data !== undefined;
  useEffect(() => {
    const message = /^#message-(.+)$/.exec(location.hash)?.[1];
    if (!loaded || !message) return;
    // A link to words of the thread, as the leads' reasons have; shown once.
    history.replaceState(history.state, '', location.pathname + location.search);
    jump(message);
  }, [loaded, jump]);
  const seen = useReading(conversation, thread.data?.lastSeq ?? 0);

  useShortcuts('keys_conversation', [
    { keys: 'r', label: 'keys_reply', run: () => composer.current?.write('reply') },
    { keys: 'n', label: 'keys_note', run: () => composer.current?.write('note') },
    { keys: 't', label: 'keys_take', run: () => !mine && act.mutate({ kind: 'take' }) },
    { keys: 'a', label: 'keys_assign', run: () => setDialog('assign') },
    { keys: 'z', label: 'keys_snooze', run: () => setDialog('snooze') },
    { keys: 'e', label: 'keys_close', run: () => setDialog('close') },
    {
      keys: 'b',
      label: 'keys_return',
      run: () => conversation.handler !== 'assistant' && setDialog('return'),
    },
    { keys: 'u', label: 'mark_unread', run: markUnread },
    { keys: 'i', label: 'keys_lead', run: toggleLead },
  ]);

  const lead = useMemo(() => <LeadPane conversation={conversation} onJump={jump} />, [conversation, jump]);
  return (
    <>
      <section className={styles.pane} aria-label={t('conversation')}>
        <Header
          conversation={conversation}
          visitorHere={now.visitorHere}
          onDialog={setDialog}
          act={act}
          onUnread={markUnread}
          onLead={toggleLead}
          leadShown={wide ? leadPane : drawer}
        />
        {thread.data ? (
          <ThreadView
            ref={threadView}
            conversation={conversation}
            thread={thread.data}
            older={thread.older}
            now={now}
            onBottom={seen}
          />
        ) : thread.isError ? (
          <Refused error={thread.error} retry={() => void thread.refetch()} />
        ) : (
          <Loading />
        )}
        <Composer ref={composer} conversation={conversation} lastSeq={thread.data?.lastSeq ?? 0} act={act} />
      </section>
      {wide && leadPane && (
        <aside className={styles.lead} aria-label={t('lead')}>
          {lead}
        </aside>
      )}
      {!wide && drawer && (
        <Suspense>
          <LeadDrawer opened onClose={() => openDrawer(false)}>
            {lead}
          </LeadDrawer>
        </Suspense>
      )}
      {dialog && (
        <Suspense>
          <Dialogs
            name={dialog}
            conversation={conversation}
            act={act}
            onClose={() => setDialog(null)}
            onDone={onNext}
          />
        </Suspense>
      )}
    </>
  );
}

/** Read is what was really seen: the window has the focus, and the end of the thread is on the screen. */
function useReading(conversation: Conversation, lastSeq: number): (atBottom: boolean) => void {
  const cache = useQueryClient();
  const me = useMe().uuid;
  const [atBottom, setAtBottom] = useState(true);
  const [focused, setFocused] = useState(document.hasFocus());
  const told = useRef(0);
  useEffect(() => {
    const look = (): void => setFocused(document.hasFocus() && document.visibilityState === 'visible');
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  const unread = unreadOf(conversation, me);
  const { uuid } = conversation;
  useEffect(() => {
    if (!unread || !atBottom || !focused || !lastSeq || told.current >= lastSeq) return;
    const timer = setTimeout(() => {
      told.current = lastSeq;
      void api
        .PUT('/api/v1/chat/conversations/{uuid}/read', {
          params: { path: { uuid } },
          body: { up_to_seq: lastSeq },
        })
        .then(({ response }) => {
          const line = cache.getQueryData<Conversation>([CONVERSATION, uuid]);
          if (response.ok && line) applyLine(cache, me, withoutUnread(line, me));
        })
        .catch(() => {
          told.current = 0;
        });
    }, 250);
    return () => clearTimeout(timer);
  }, [unread, atBottom, focused, lastSeq, uuid, cache, me]);
  return setAtBottom;
}

function withoutUnread(line: Conversation, me: string): Conversation {
  const participants = line.participants.map((p) =>
    p.uuid === me ? { ...p, pivot: { ...p.pivot, unread_count: 0 } } : p,
  );
  return { ...line, participants };
}
