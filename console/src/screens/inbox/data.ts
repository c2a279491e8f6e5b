// What the inbox asks the server, and where the answers are kept.

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { api, read } from '../../api/client';
import type {
  CannedReply,
  Conversation,
  Counts,
  Line,
  LinePage,
  MessagePage,
  ReplyOrigin,
} from '../../api/types';
import { CONVERSATION, COUNTS, LINES } from '../../live/inbox';
import { type Thread, withOlder } from './thread-state';
import type { Filter, LineList } from '../../live/lines';
import { useMinute } from '../../patterns/minute';

const LIST_PAGE = 60;
const MOST_LINES = 200;
const THREAD_PAGE = 60;
const THREAD_MOST = 500;

function fetchLines(filter: Filter, cursor: string | null, limit: number): Promise<LinePage> {
  const { view, state, quality, outcome, tag, text, overdue, sort } = filter;
  const query = {
    view,
    sort,
    limit,
    ...(state && { state }),
    ...(quality && { quality }),
    ...(outcome && { outcome }),
    ...(tag && { tag }),
    ...(text && { q: text }),
    ...(overdue && { overdue }),
    ...(cursor && { cursor }),
  };
  return read<LinePage>(api.GET('/api/v1/chat/conversations', { params: { query } }));
}

export function useLines(filter: Filter) {
  const cache = useQueryClient();
  const key = [LINES, filter] as const;
  const loading = useRef(false);
  const query = useQuery<LineList>({
    queryKey: key,
    async queryFn() {
      const before = cache.getQueryData<LineList>(key)?.lines.length ?? 0;
      const page = await fetchLines(filter, null, Math.min(MOST_LINES, Math.max(LIST_PAGE, before)));
      return { lines: page.data, next: page.next_cursor };
    },
    // Lists reorder: comparing them deeply costs more than it saves.
    structuralSharing: false,
    staleTime: Infinity,
  });
  const next = query.data?.next ?? null;
  const more = useCallback(async () => {
    if (next === null || loading.current) return;
    loading.current = true;
    try {
      const page = await fetchLines(filter, next, LIST_PAGE);
      cache.setQueryData<LineList>([LINES, filter], (old) => old && withPage(old, page));
    } finally {
      loading.current = false;
    }
  }, [cache, filter, next]);
  const minute = useMinute();
  const lines = useMemo(
    () => awake(query.data?.lines ?? [], filter, new Date(minute * 60_000 + 59_999)),
    [query.data, filter, minute],
  );
  return { ...query, lines, asleep: (query.data?.lines.length ?? 0) - lines.length, more };
}

/**
 * What is snoozed is out of the way, until its moment (none: until the visitor writes); whoever asks for the snoozed ones
 * sees them.
 */
function awake(lines: readonly Line[], filter: Filter, now: Date): readonly Line[] {
  if (filter.state || filter.text || filter.view === 'all') return lines;
  return lines.filter(
    ({ state, snoozed_until }) =>
      state !== 'snoozed' || (snoozed_until !== null && new Date(snoozed_until) <= now),
  );
}

function withPage(list: LineList, page: LinePage): LineList {
  const known = new Set(list.lines.map((line) => line.uuid));
  return {
    lines: [...list.lines, ...page.data.filter((line) => !known.has(line.uuid))],
    next: page.next_cursor,
  };
}

export function useCounts() {
  return useQuery({
    queryKey: COUNTS,
    queryFn: () => read<Counts>(api.GET('/api/v1/chat/conversations/counts')),
  });
}

/** Shown at once from its line, where a list has it; the visits follow. */
export function useConversation(uuid: string) {
  const cache = useQueryClient();
  return useQuery<Conversation>({
    queryKey: [CONVERSATION, uuid],
    queryFn: () =>
      read<Conversation>(api.GET('/api/v1/chat/conversations/{uuid}', { params: { path: { uuid } } })),
    placeholderData: () => {
      const line = lineOf(cache, uuid);
      return line && { ...line, visits: [] };
    },
    staleTime: Infinity,
  });
}

function lineOf(cache: QueryClient, uuid: string): Line | undefined {
  for (const [, list] of cache.getQueriesData<LineList>({ queryKey: [LINES] })) {
    const line = list?.lines.find((l) => l.uuid === uuid);
    if (line) return line;
  }
  return undefined;
}

export const threadKey = (uuid: string) => ['thread', uuid] as const;

function fetchThread(uuid: string, before?: number, limit = THREAD_PAGE): Promise<MessagePage> {
  const query = { limit, ...(before !== undefined && { before }) };
  return read<MessagePage>(
    api.GET('/api/v1/chat/conversations/{uuid}/messages', { params: { path: { uuid }, query } }),
  );
}

export function useThread(uuid: string) {
  const cache = useQueryClient();
  const loading = useRef(false);
  const query = useQuery<Thread>({
    queryKey: threadKey(uuid),
    async queryFn() {
      const page = await fetchThread(uuid);
      return { messages: page.data, hasMore: page.has_more, lastSeq: page.last_seq, cursor: page.cursor };
    },
    structuralSharing: false,
    // The conversation's stream goes on from what is here.
    staleTime: Infinity,
  });
  const first = query.data?.messages[0]?.seq;
  const hasMore = query.data?.hasMore ?? false;
  /** `far`: what is looked for may lie far back. */
  const older = useCallback(
    async (far = false) => {
      if (!hasMore || first === undefined || loading.current) return;
      loading.current = true;
      try {
        const page = await fetchThread(uuid, first, far ? THREAD_MOST : THREAD_PAGE);
        cache.setQueryData<Thread>(threadKey(uuid), (old) => old && withOlder(old, page));
      } finally {
        loading.current = false;
      }
    },
    [cache, uuid, first, hasMore],
  );
  return { ...query, older };
}

export const repliesKey = (uuid: string) => ['replies', uuid] as const;

/** How the assistant's replies were made, by message. */
export function useReplies(uuid: string) {
  return useQuery({
    queryKey: repliesKey(uuid),
    async queryFn() {
      const params = { path: { uuid } };
      const { data } = await read<{ data: ReplyOrigin[] }>(
        api.GET('/api/v1/chat/conversations/{uuid}/replies', { params }),
      );
      return new Map(data.map((origin) => [origin.message_id, origin]));
    },
    structuralSharing: false,
    staleTime: Infinity,
  });
}

export function useCanned() {
  return useQuery({
    queryKey: ['canned'],
    queryFn: async () => (await read<{ data: CannedReply[] }>(api.GET('/api/v1/chat/canned-replies'))).data,
    staleTime: 5 * 60_000,
  });
}
