// From the conversation to what stands on the screen, line by line. Pure.

import { agentOf, type Chat } from './chat';
import type { Pending } from './outbox';
import { reactable, type Row } from './ui/message';

const TOGETHER_MS = 5 * 60_000;

/** Stored messages, then the running reply, then what waits to be sent. A stored message keeps its row's key. */
export function rowsOf(chat: Chat, pending: readonly Pending[], now: Date): Row[] {
  const rows: Row[] = chat.messages.map((message) => ({
    key:
      message.client_message_id ?? (message.author === 'assistant' && message.turn_id) ?? message.message_id,
    author: message.author,
    text: message.context.text,
    at: new Date(message.timestamps.created_at),
    sender: message.author === 'system' ? agentOf(message) : message.sender,
    message,
    pending: null,
    running: false,
    first: true,
    last: true,
    seen: message.author === 'visitor' && message.seq <= chat.seenSeq,
    reach: false,
  })) as Row[];
  for (const row of rows) row.key ||= row.message!.message_id;
  const stored = new Set(chat.messages.map((m) => m.client_message_id));
  if (chat.running) {
    rows.push(local('assistant', chat.running.turn, chat.running.text, now, null, true));
  }
  for (const p of pending) {
    if (!stored.has(p.id)) rows.push(local('visitor', p.id, p.text, new Date(p.at), p, false));
  }
  rows.forEach((row, i) => {
    row.first = !follows(rows[i - 1], row);
    row.last = !follows(row, rows[i + 1]);
  });
  const newest = rows.findLast(reactable);
  if (newest) newest.reach = true;
  return rows;
}

const local = (
  author: Row['author'],
  key: string,
  text: string,
  at: Date,
  pending: Pending | null,
  running: boolean,
): Row => ({
  key,
  author,
  text,
  at,
  sender: null,
  message: null,
  pending,
  running,
  first: true,
  last: true,
  seen: false,
  reach: false,
});

function follows(before: Row | undefined, row: Row | undefined): boolean {
  if (!before || !row || before.author !== row.author || row.author === 'system') return false;
  if (row.author === 'seller' && before.sender?.uuid !== row.sender?.uuid) return false;
  return row.at.getTime() - before.at.getTime() < TOGETHER_MS && row.at.getDate() === before.at.getDate();
}
