// Messages on their way: shown at once, sent one after the other in each conversation, kept until the server has them.
// The id is made here, so that a second attempt can never become a second message.

import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api, read } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import type { Message } from '../../api/types';
import type { components } from '../../generated/api';
import { threadKey } from './data';
import { type Thread, withMessage } from './thread-state';
import type { Mode } from './drafts';

export type Extras = Pick<components['schemas']['SendBody'], 'quick_replies' | 'cards'>;

export interface Outgoing extends Extras {
  id: string;
  conversation: string;
  mode: Mode;
  text: string;
  at: string;
  /** The last message that was on the screen. */
  seen: number;
  /** `held`: somebody answered meanwhile; the sender decides. */
  status: 'sending' | 'failed' | 'held' | 'refused';
  code: string | null;
  detail: string | null;
  force: boolean;
  /** A second attempt was made by itself. */
  again: boolean;
}

/** A line that just came back may drop the first thing that is sent. */
const AGAIN_MS = 1500;
const KEY = 'talia.outbox';
let waiting: readonly Outgoing[] = restore();
const listeners = new Set<() => void>();
const busy = new Set<string>();
const perConversation = new Map<string, readonly Outgoing[]>();
const NONE: readonly Outgoing[] = [];

/** A reload in the middle of sending: whether it arrived is not known, so it is offered again under its id. */
function restore(): readonly Outgoing[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Outgoing[];
    return kept.map((o) => (o.status === 'sending' ? { ...o, status: 'failed', code: 'network' } : o));
  } catch {
    return [];
  }
}

function set(next: readonly Outgoing[]): void {
  waiting = next;
  perConversation.clear();
  sessionStorage.setItem(KEY, JSON.stringify(next));
  listeners.forEach((listener) => listener());
}

const change = (id: string, to: Partial<Outgoing>): void =>
  set(waiting.map((o) => (o.id === id ? { ...o, ...to } : o)));

const listOf = (conversation: string): readonly Outgoing[] => {
  let list = perConversation.get(conversation);
  if (!list) {
    const found = waiting.filter((o) => o.conversation === conversation);
    list = found.length ? found : NONE;
    perConversation.set(conversation, list);
  }
  return list;
};

export function useOutbox(conversation: string): readonly Outgoing[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => listOf(conversation),
  );
}

export function send(
  cache: QueryClient,
  message: Pick<Outgoing, 'conversation' | 'mode' | 'text' | 'seen'> & Extras,
): void {
  const fresh: Outgoing = {
    ...message,
    id: crypto.randomUUID(),
    at: new Date().toISOString(),
    status: 'sending',
    code: null,
    detail: null,
    force: false,
    again: false,
  };
  set([...waiting, fresh]);
  void flush(cache, message.conversation);
}

export function retry(cache: QueryClient, id: string, force = false): void {
  const found = waiting.find((o) => o.id === id);
  if (!found) return;
  change(id, { status: 'sending', code: null, force: force || found.force, again: false });
  void flush(cache, found.conversation);
}

export const discard = (id: string): void => set(waiting.filter((o) => o.id !== id));

/** When the network is back: what it had failed. */
export function retryAll(cache: QueryClient): void {
  for (const o of waiting) if (o.status === 'failed') retry(cache, o.id);
}

async function flush(cache: QueryClient, conversation: string): Promise<void> {
  if (busy.has(conversation)) return;
  busy.add(conversation);
  try {
    for (;;) {
      const next = waiting.find((o) => o.conversation === conversation && o.status === 'sending');
      if (!next) return;
      await deliver(cache, next);
    }
  } finally {
    busy.delete(conversation);
  }
}

async function deliver(cache: QueryClient, outgoing: Outgoing): Promise<void> {
  try {
    const { data } = await post(outgoing);
    cache.setQueryData<Thread>(threadKey(outgoing.conversation), (old) => old && withMessage(old, data));
    discard(outgoing.id);
  } catch (error) {
    const problem = error instanceof ApiProblem ? error : new ApiProblem(0, 'network');
    if (problem.status === 0 && navigator.onLine && !outgoing.again) {
      change(outgoing.id, { again: true });
      await new Promise((later) => setTimeout(later, AGAIN_MS));
      return;
    }
    const status = problem.passing ? 'failed' : problem.code === 'message.newer_reply' ? 'held' : 'refused';
    change(outgoing.id, { status, code: problem.code, detail: problem.detail });
  }
}

function post(o: Outgoing): Promise<{ data: Message }> {
  const params = { path: { uuid: o.conversation } };
  if (o.mode === 'note')
    return read(
      api.POST('/api/v1/chat/conversations/{uuid}/notes', {
        params,
        body: { content: o.text, client_message_id: o.id },
      }),
    );
  return read(
    api.POST('/api/v1/chat/conversations/{uuid}/messages', {
      params,
      body: {
        content: o.text,
        client_message_id: o.id,
        seen_seq: o.seen,
        force: o.force,
        quick_replies: o.quick_replies ?? [],
        cards: o.cards ?? [],
      },
    }),
  );
}
