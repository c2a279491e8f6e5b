// What the playground and replays ask the server.

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, open, read } from '../../api/client';
import { unreachable } from '../../api/problem';
import type { LinePage } from '../../api/types';
import { SseParser } from '../../live/sse';
import type { CaseItem, PlayBody, PlayEvent, ReplayEvent } from './playground-types';

/** Nothing is sent between the pieces of a reply: a model that thinks may be silent for long, a dead line for ever. */
const SILENCE_MS = 120_000;

export const play = (body: PlayBody, signal: AbortSignal) =>
  told<PlayEvent>('/api/v1/playground', body, signal);

export const replay = (conversation: string, number: number, signal: AbortSignal) =>
  told<ReplayEvent>('/api/v1/playground/replay', { conversation, sides: [{ number }] }, signal);

/** A stream's events until its `end`. Throws ApiProblem when it is refused, cut off or silent for too long. */
async function* told<E>(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<E> {
  const silence = new AbortController();
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    alive();
    const response = await open(path, {}, AbortSignal.any([signal, silence.signal]), body);
    reader = response.body!.getReader();
    const decoder = new TextDecoder();
    const parser = new SseParser();
    for (;;) {
      alive();
      const part = await reader.read().catch(() => null);
      if (!part || part.done) throw unreachable();
      for (const frame of parser.push(decoder.decode(part.value, { stream: true }))) {
        if (frame.event === 'end') return;
        if (frame.data) yield JSON.parse(frame.data) as E;
      }
    }
  } finally {
    clearTimeout(watchdog);
    void reader?.cancel().catch(() => undefined);
  }
}

/** Whether a model answers here; without one the guided assistant does. */
export function useModel() {
  return useQuery({
    queryKey: ['playground'],
    staleTime: Infinity,
    queryFn: () => read<{ model: string | null }>(api.GET('/api/v1/playground')),
  });
}

interface CatalogueItem extends CaseItem {
  facts: string[];
}

const MOST_FACTS = 20;
const LONGEST_FACT = 300;

/** What the visitor may be looking at: the catalogue's first items. */
export function useCatalogue() {
  return useQuery({
    queryKey: ['playground-items'],
    queryFn: async () => {
      const { data } = await read<{ data: CatalogueItem[] }>(api.GET('/api/v1/knowledge/items'));
      return data.map(({ id, title, price, currency, availability, facts }): CaseItem => {
        const kept = facts.filter((fact) => fact.length <= LONGEST_FACT).slice(0, MOST_FACTS);
        return { id, title, price, currency, availability, facts: kept };
      });
    },
  });
}

const PAGE = 20;

/** Conversations of the site, newest first; `text` is looked for in all they say. */
export function useConversations(text: string) {
  return useInfiniteQuery({
    queryKey: ['replay-conversations', text],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const query = {
        view: 'all' as const,
        limit: PAGE,
        ...(text && { q: text }),
        ...(pageParam && { cursor: pageParam }),
      };
      return read<LinePage>(api.GET('/api/v1/chat/conversations', { params: { query } }));
    },
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** How a stored reply was made. */
export interface Made {
  seq: number;
  prompt_ref: string | null;
  model: string | null;
}

export function useMade(conversation: string) {
  return useQuery({
    queryKey: ['replay-made', conversation],
    queryFn: async () => {
      const { data } = await read<{ data: Made[] }>(
        api.GET('/api/v1/chat/conversations/{uuid}/replies', { params: { path: { uuid: conversation } } }),
      );
      return new Map(data.map((one) => [one.seq, one]));
    },
  });
}
