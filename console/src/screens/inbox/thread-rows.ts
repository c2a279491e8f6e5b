// What the thread shows, one row after the other: days, messages, what is on its way, the reply that is being written.

import type { Message } from '../../api/types';
import type { Now } from './conversation-state';
import type { Thread } from './thread-state';
import type { Outgoing } from './outbox';

export type ThreadRow =
  | { kind: 'day'; key: string; at: Date }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: Message; follows: boolean }
  | { kind: 'outgoing'; key: string; outgoing: Outgoing }
  | { kind: 'running'; key: string; text: string }
  /** `who`: null is the visitor. */
  | { kind: 'typing'; key: string; who: string | null };

/** Messages of one author this close together stand as one block. */
const BLOCK_MS = 3 * 60_000;

/** `unreadFrom`: the last message that had been read when the conversation was opened; null where all was. */
export function rowsOf(
  thread: Thread,
  outbox: readonly Outgoing[],
  now: Pick<Now, 'running' | 'visitorTypes'> & { colleague?: string | null },
  unreadFrom: number | null,
): ThreadRow[] {
  const rows: ThreadRow[] = [];
  const delivered = new Set<string>();
  let before: Message | null = null;
  let marked = unreadFrom === null;
  for (const message of thread.messages) {
    if (message.client_message_id) delivered.add(message.client_message_id);
    const at = new Date(message.timestamps.created_at);
    const newDay = !before || dayOf(new Date(before.timestamps.created_at)) !== dayOf(at);
    if (newDay) rows.push({ kind: 'day', key: `day-${dayOf(at)}`, at });
    const firstNew = !marked && message.seq > unreadFrom! && message.author === 'visitor';
    if (firstNew) {
      rows.push({ kind: 'new', key: 'new' });
      marked = true;
    }
    const follows = !newDay && !firstNew && before !== null && sameBlock(before, message);
    rows.push({ kind: 'message', key: keyOf(message), message, follows });
    before = message;
  }
  for (const outgoing of outbox)
    if (!delivered.has(outgoing.id)) rows.push({ kind: 'outgoing', key: outgoing.id, outgoing });
  if (now.running) rows.push({ kind: 'running', key: 'running', text: now.running });
  if (now.visitorTypes) rows.push({ kind: 'typing', key: 'typing', who: null });
  if (now.colleague) rows.push({ kind: 'typing', key: 'colleague', who: now.colleague });
  return rows;
}

/** A message that was on its way keeps its key when it arrives, and so its place and its size. */
const keyOf = (message: Message): string =>
  (message.author === 'seller' && message.client_message_id) || message.message_id;

function sameBlock(a: Message, b: Message): boolean {
  const close = Date.parse(b.timestamps.created_at) - Date.parse(a.timestamps.created_at) < BLOCK_MS;
  return (
    close &&
    a.author === b.author &&
    a.author !== 'system' &&
    a.sender.uuid === b.sender.uuid &&
    a.private === b.private
  );
}

const dayOf = (at: Date): string => `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`;
