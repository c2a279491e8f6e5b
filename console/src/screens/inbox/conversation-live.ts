// The stream of the conversation that is open: messages, the assistant's running reply, typing, receipts.

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Conversation, Party } from '../../api/types';
import type { TaliaEvent } from '../../generated/events';
import { CONVERSATION } from '../../live/inbox';
import { type Batch, LiveStream } from '../../live/stream';
import { next, NOTHING, type Now } from './conversation-state';
import { repliesKey, threadKey } from './data';
import { type Thread, withMessage, withRead } from './thread-state';

/** A tab that nobody looks at gives its line back after this long: browsers have six per server. */
const HIDDEN_MS = 20_000;
const TYPING_MS = 8000;

/** Live once the thread is there (`ready`): the stream goes on from where its page was read. */
export function useConversationLive(uuid: string, ready: boolean): Now {
  const cache = useQueryClient();
  const [now, setNow] = useState<Now>(NOTHING);
  useEffect(() => {
    setNow(NOTHING);
    if (!ready) return;
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const typing = (who: 'visitorTypes' | 'sellerTypes', active: boolean): void => {
      clearTimeout(timers.get(who));
      setNow((old) => (old[who] === active ? old : { ...old, [who]: active }));
      if (active)
        timers.set(
          who,
          setTimeout(() => setNow((old) => ({ ...old, [who]: false })), TYPING_MS),
        );
    };
    const stream = new LiveStream({
      path: `/api/v1/chat/conversations/${encodeURIComponent(uuid)}/events`,
      cursor() {
        return cache.getQueryData<Thread>(threadKey(uuid))?.cursor ?? null;
      },
      events(batch) {
        for (const { event } of batch) {
          if (event.type === 'chat.typing')
            typing(event.author === 'visitor' ? 'visitorTypes' : 'sellerTypes', event.active);
          if (event.type === 'chat.message.new' && event.message.author === 'visitor')
            typing('visitorTypes', false);
        }
        keep(cache, uuid, batch);
        setNow((old) => batch.reduce((state, { event }) => next(state, event), old));
      },
      state: () => undefined,
      refused: () => void cache.invalidateQueries({ queryKey: threadKey(uuid) }),
    });
    let hiding: ReturnType<typeof setTimeout> | undefined;
    const shown = (): void => {
      clearTimeout(hiding);
      if (document.visibilityState === 'visible') stream.start();
      else hiding = setTimeout(() => stream.stop(), HIDDEN_MS);
    };
    const back = (): void => stream.hurry();
    const gone = (): void => stream.drop();
    if (document.visibilityState === 'visible') stream.start();
    document.addEventListener('visibilitychange', shown);
    window.addEventListener('online', back);
    window.addEventListener('offline', gone);
    return () => {
      stream.stop();
      clearTimeout(hiding);
      timers.forEach(clearTimeout);
      document.removeEventListener('visibilitychange', shown);
      window.removeEventListener('online', back);
      window.removeEventListener('offline', gone);
    };
  }, [cache, uuid, ready]);
  return now;
}

/** What stays: into the cached thread, with the position after it. */
function keep(cache: QueryClient, uuid: string, batch: Batch): void {
  if (batch.some(({ event }) => event.type === 'chat.sync'))
    void cache.invalidateQueries({ queryKey: threadKey(uuid) });
  for (const { event } of batch)
    if (event.type === 'chat.session.assigned' && event.agent) taken(cache, uuid, event.agent);
  if (batch.some(({ event }) => isReply(event))) void cache.invalidateQueries({ queryKey: repliesKey(uuid) });
  const cursor = batch.findLast(({ id }) => id !== null)?.id ?? null;
  cache.setQueryData<Thread>(threadKey(uuid), (old) => {
    const after = old && batch.reduce((thread, { event }) => stored(thread, event), old);
    return after && cursor !== null ? { ...after, cursor } : after;
  });
}

/** Said here before the line itself is told, which whoever may not see it any more is not. */
function taken(cache: QueryClient, uuid: string, agent: Party): void {
  cache.setQueryData<Conversation>(
    [CONVERSATION, uuid],
    (old) => old && { ...old, state: 'open', handler: 'seller', assignee: agent },
  );
}

const isReply = (event: TaliaEvent): boolean =>
  event.type === 'chat.reply.done' ||
  (event.type === 'chat.message.new' && event.message.author === 'assistant');

function stored(thread: Thread, event: TaliaEvent): Thread {
  switch (event.type) {
    case 'chat.message.new':
    case 'chat.message.updated':
    case 'chat.reply.done':
      return withMessage(thread, event.message);
    case 'chat.message.read':
      return withRead(thread, event.author, event.up_to_seq, event.at);
    default:
      return thread;
  }
}
