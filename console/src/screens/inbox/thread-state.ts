// A thread in the cache, and what events do to it: pure functions, the same object where nothing changed.

import type { Message, MessagePage } from '../../api/types';

/** A thread as far as it is loaded, oldest first. */
export interface Thread {
  messages: readonly Message[];
  hasMore: boolean;
  lastSeq: number;
  /** Where the conversation's stream left off; it goes on from there when the conversation is opened again. */
  cursor: string;
}

export function withOlder(thread: Thread, page: MessagePage): Thread {
  const first = thread.messages[0]?.seq ?? Infinity;
  const older = page.data.filter((message) => message.seq < first);
  return { ...thread, messages: [...older, ...thread.messages], hasMore: page.has_more };
}

/** With one message more, or with another version of one that is there. */
export function withMessage(thread: Thread, message: Message): Thread {
  const { messages } = thread;
  const lastSeq = Math.max(thread.lastSeq, message.seq);
  const at = messages.findLastIndex((m) => m.seq <= message.seq);
  if (at >= 0 && messages[at]!.seq === message.seq)
    return { ...thread, lastSeq, messages: messages.with(at, message) };
  // Older than what is loaded: it comes with its page.
  if (at < 0 && messages.length && thread.hasMore) return thread;
  return { ...thread, lastSeq, messages: messages.toSpliced(at + 1, 0, message) };
}

/** `author` has read everything up to a place: their counterpart's messages get their ticks. */
export function withRead(thread: Thread, author: string, upTo: number, at: string): Thread {
  const theirs = (m: Message): boolean =>
    m.seq <= upTo &&
    !m.status.is_read &&
    (author === 'visitor' ? m.author !== 'visitor' : m.author === 'visitor');
  if (!thread.messages.some(theirs)) return thread;
  const messages = thread.messages.map((m) =>
    theirs(m) ? { ...m, status: { ...m.status, is_read: true, read_at: at } } : m,
  );
  return { ...thread, messages };
}

/** Which of the visitor's turns (messages in a row, from 1) a reply answers; null where the beginning is not loaded. */
export function turnBefore(thread: Thread, seq: number): number | null {
  if (thread.hasMore) return null;
  const told = thread.messages.filter(
    (m) => m.seq < seq && m.author !== 'system' && !m.private && !m.status.is_deleted,
  );
  return told.filter((m, i) => m.author === 'visitor' && told[i + 1]?.author !== 'visitor').length || null;
}
