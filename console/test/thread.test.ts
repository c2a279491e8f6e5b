import { describe, expect, it } from 'vitest';
import type { Message } from '../src/api/types';
import { next } from '../src/screens/inbox/conversation-state';
import type { Outgoing } from '../src/screens/inbox/outbox';
import { rowsOf } from '../src/screens/inbox/thread-rows';
import { type Thread, turnBefore, withMessage, withOlder, withRead } from '../src/screens/inbox/thread-state';

function message(seq: number, more: Partial<Message> = {}): Message {
  const at = `2026-11-20T10:${String(seq).padStart(2, '0')}:00+00:00`;
  return {
    conversation_uuid: 'c',
    message_id: `m${seq}`,
    id: `m${seq}`,
    seq,
    author: 'visitor',
    turn_id: null,
    attempt: null,
    private: false,
    sender: { uuid: 'v', name: null, avatar: null },
    receiver: null,
    context: { text: `text ${seq}`, type: 'text' },
    attachments: [],
    metadata: [],
    reactions: [],
    status: { is_read: false, read_at: null, delivered_at: null, is_deleted: false },
    timestamps: { created_at: at, updated_at: at },
    client_message_id: null,
    ...more,
  };
}

const thread = (...messages: Message[]): Thread => ({
  messages,
  hasMore: false,
  lastSeq: messages.at(-1)?.seq ?? 0,
  cursor: '0',
});
const seqs = (t: Thread): number[] => t.messages.map((m) => m.seq);
const NOW = { running: null, visitorTypes: false };

describe('a thread', () => {
  it('has each message once, in order, however they come', () => {
    const all = [3, 1, 2, 3].reduce((t, seq) => withMessage(t, message(seq)), thread());
    expect(seqs(all)).toEqual([1, 2, 3]);
    expect(all.lastSeq).toBe(3);
  });

  it('takes the newer version of a message in its place', () => {
    const edited = message(2, { context: { text: 'other', type: 'text' } });
    expect(withMessage(thread(message(1), message(2)), edited).messages[1]!.context.text).toBe('other');
  });

  it('leaves a change of what is not loaded to its page', () => {
    const part = { ...thread(message(5), message(6)), hasMore: true };
    expect(withMessage(part, message(2))).toBe(part);
    const page = { data: [message(3), message(4), message(5)], last_seq: 6, has_more: false, cursor: '6' };
    expect(seqs(withOlder(part, page))).toEqual([3, 4, 5, 6]);
  });

  it('gives ticks to the other side only', () => {
    const both = thread(message(1), message(2, { author: 'seller' }), message(3, { author: 'seller' }));
    const read = withRead(both, 'visitor', 2, 'now');
    expect(read.messages.map((m) => m.status.is_read)).toEqual([false, true, false]);
    expect(withRead(read, 'visitor', 2, 'now')).toBe(read);
  });
});

describe('the turn that a reply answers', () => {
  const both = thread(
    message(1),
    message(2),
    message(3, { author: 'assistant' }),
    message(4),
    message(5, { author: 'seller', private: true }),
    message(6),
    message(7, { author: 'assistant' }),
  );

  it('counts messages in a row once, whatever colleagues noted in between', () => {
    expect(turnBefore(both, 3)).toBe(1);
    expect(turnBefore(both, 7)).toBe(2);
  });

  it('is not known while the beginning is not loaded', () => {
    expect(turnBefore({ ...both, hasMore: true }, 7)).toBeNull();
  });
});

describe('the rows of a thread', () => {
  const outgoing = { id: 'x1', conversation: 'c', text: 'hola' } as Outgoing;

  it('begin each day with its date, and join what one author says at once', () => {
    const at = (created_at: string) => ({ timestamps: { created_at, updated_at: created_at } });
    const rows = rowsOf(
      thread(
        message(1, at('2026-11-19T12:00:00Z')),
        message(2, at('2026-11-20T12:00:00Z')),
        message(3, at('2026-11-20T12:01:00Z')),
        message(4, at('2026-11-20T12:30:00Z')),
      ),
      [],
      NOW,
      null,
    );
    expect(rows.map((r) => (r.kind === 'message' ? r.follows : r.kind))).toEqual([
      'day',
      false,
      'day',
      false,
      true,
      false,
    ]);
  });

  it('show what is on its way at the end, under the key that it keeps when it has arrived', () => {
    const before = rowsOf(thread(message(1)), [outgoing], NOW, null);
    expect(before.at(-1)).toMatchObject({ kind: 'outgoing', key: 'x1' });
    const stored = message(2, { author: 'seller', client_message_id: 'x1' });
    const after = rowsOf(thread(message(1), stored), [outgoing], NOW, null);
    expect(after.filter((r) => r.key === 'x1')).toHaveLength(1);
    expect(after.at(-1)!.kind).toBe('message');
  });

  it('mark where the unread begins', () => {
    const rows = rowsOf(thread(message(1), message(2, { author: 'assistant' }), message(3)), [], NOW, 2);
    expect(rows.map((r) => r.kind)).toEqual(['day', 'message', 'message', 'new', 'message']);
  });

  it('end with what is being written', () => {
    const rows = rowsOf(thread(message(1)), [], { running: 'Claro', visitorTypes: true }, null);
    expect(rows.slice(-2).map((r) => r.kind)).toEqual(['running', 'typing']);
  });
});

describe('the running reply', () => {
  const idle = { running: null, visitorTypes: false, visitorHere: null, sellerTypes: false };
  const delta = (text: string) =>
    ({ type: 'chat.reply.delta', turn_id: 't', attempt: 1, offset: 0, text }) as const;

  it('adds up, begins anew, and ends', () => {
    let now = next(idle, { type: 'chat.reply.started', turn_id: 't', attempt: 1 });
    now = next(next(now, delta('Ho')), delta('la'));
    expect(now.running).toBe('Hola');
    now = next(now, { type: 'chat.reply.restarted', turn_id: 't', attempt: 2, reason: 'lease' });
    expect(now.running).toBe('');
    expect(next(now, { type: 'chat.reply.failed', turn_id: 't', reason: 'superseded' }).running).toBeNull();
  });
});
