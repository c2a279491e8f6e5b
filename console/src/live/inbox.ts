// The inbox's stream, for as long as somebody is signed in: every event changes what is cached, and no list is fetched
// again because of it.

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Colleague, Conversation, Line, Message } from '../api/types';
import type { Presence, TaliaEvent } from '../generated/events';
import { useMe } from '../shell/me';
import { COLLEAGUES } from './colleagues';
import { streamIs } from './connection';
import { type Change, type Filter, type LineList, withChanges } from './lines';
import { LiveStream } from './stream';

export const LINES = 'lines';
export const CONVERSATION = 'conversation';
export const COUNTS = ['counts'] as const;
export const UNREAD = ['unread'] as const;

/** How often badges may be asked for while much happens. */
const COUNT_EVERY_MS = 2000;
const PATIENCE_MS = 1500;

/** What a message that just came in is told to: sound, title, notifications. */
export type Arrival = { kind: 'message'; message: Message } | { kind: 'handoff'; conversation: string };
const arrivals = new Set<(arrival: Arrival) => void>();

export function onArrival(listener: (arrival: Arrival) => void): () => void {
  arrivals.add(listener);
  return () => arrivals.delete(listener);
}

export function useInboxLive(): void {
  const cache = useQueryClient();
  const me = useMe().uuid;
  useEffect(() => {
    let cursor: string | null = null;
    const stream = new LiveStream({
      path: '/api/v1/chat/events',
      cursor: () => cursor ?? newest(cache),
      events(batch) {
        for (const { id } of batch) if (id !== null && (cursor === null || id > cursor)) cursor = id;
        take(
          cache,
          me,
          batch.map((b) => b.event),
        );
      },
      state: streamIs,
      refused: () => streamIs('connecting'),
    });
    const back = (): void => stream.hurry();
    const gone = (): void => stream.drop();
    const shown = (): void => {
      if (document.visibilityState === 'visible') stream.hurry();
    };
    const giveUp = whenListed(cache, () => stream.start());
    window.addEventListener('online', back);
    window.addEventListener('offline', gone);
    document.addEventListener('visibilitychange', shown);
    return () => {
      giveUp();
      stream.stop();
      window.removeEventListener('online', back);
      window.removeEventListener('offline', gone);
      document.removeEventListener('visibilitychange', shown);
    };
  }, [cache, me]);
}

/** The newest change that a list shows: from there on the stream tells everything, and no list is fetched twice. */
function newest(cache: QueryClient): string | null {
  const changes = cache
    .getQueriesData<LineList>({ queryKey: [LINES] })
    .flatMap(([, list]) => list?.lines.map((line) => line.updated_at) ?? []);
  return changes.reduce<string | null>((last, at) => (last === null || at > last ? at : last), null);
}

/** Once the first list is there, or soon on a screen that has none. Returns how to forget it. */
function whenListed(cache: QueryClient, then: () => void): () => void {
  const settle = (): void => {
    stop();
    clearTimeout(timer);
    then();
  };
  const stop = cache.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] === LINES && query.state.status !== 'pending') settle();
  });
  const timer = setTimeout(settle, PATIENCE_MS);
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function take(cache: QueryClient, me: string, events: readonly TaliaEvent[]): void {
  const changes: Change[] = [];
  for (const event of events) {
    switch (event.type) {
      case 'chat.sync':
        void cache.invalidateQueries({ queryKey: [LINES] });
        void cache.invalidateQueries({ queryKey: COLLEAGUES });
        break;
      case 'chat.conversation.updated':
        changes.push(event.conversation as unknown as Change);
        break;
      case 'chat.presence':
        present(cache, event);
        break;
      case 'chat.message.new':
        arrivals.forEach((listener) => listener({ kind: 'message', message: event.message }));
        break;
      case 'chat.lead.updated':
        void cache.invalidateQueries({ queryKey: ['lead', event.conversation_uuid] });
        break;
      case 'chat.task.updated':
        void cache.invalidateQueries({ queryKey: ['tasks', event.conversation_uuid] });
        break;
      case 'chat.handoff.requested':
        if (event.conversation_uuid)
          arrivals.forEach((listener) =>
            listener({ kind: 'handoff', conversation: event.conversation_uuid! }),
          );
        break;
    }
  }
  if (changes.length) applyChanges(cache, me, changes);
  if (changes.length || events.some((e) => e.type === 'chat.sync')) askForCounts(cache);
}

/** Lines that changed, into every list and every opened conversation. */
export function applyChanges(cache: QueryClient, me: string, changes: readonly Change[]): void {
  for (const [key, list] of cache.getQueriesData<LineList>({ queryKey: [LINES] })) {
    if (!list) continue;
    const after = withChanges(list, key[1] as Filter, changes, me);
    if (after !== list) cache.setQueryData(key, after);
  }
  for (const change of changes)
    cache.setQueryData<Conversation>([CONVERSATION, change.uuid], (old) => {
      if (!old) return old;
      if ('gone' in change) return { ...old, lost: true };
      return old.updated_at <= change.updated_at ? { ...old, ...change, lost: false } : old;
    });
}

/** The answer of an act on a conversation: its line as it is now. */
export const applyLine = (cache: QueryClient, me: string, line: Line): void => {
  applyChanges(cache, me, [line]);
  askForCounts(cache);
};

let waiting: ReturnType<typeof setTimeout> | null = null;

export function askForCounts(cache: QueryClient): void {
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = null;
    void cache.invalidateQueries({ queryKey: COUNTS });
    void cache.invalidateQueries({ queryKey: UNREAD });
  }, COUNT_EVERY_MS);
}

function present(cache: QueryClient, event: Presence): void {
  const agent = event.agent?.uuid;
  if (event.author !== 'seller' || !agent) return;
  const viewing = event.conversation_uuid ?? null;
  cache.setQueryData<Colleague[]>(COLLEAGUES, (old) =>
    old?.map((colleague) => {
      if (colleague.uuid !== agent) return colleague;
      if (viewing === null)
        return { ...colleague, online: event.online, viewing: event.online ? colleague.viewing : null };
      // Whoever leaves a conversation is still there; the stream of the inbox says when they are not.
      if (!event.online) return colleague.viewing === viewing ? { ...colleague, viewing: null } : colleague;
      return { ...colleague, online: true, viewing };
    }),
  );
}
