import { describe, expect, test } from 'vitest';
import type { TaliaEvent, WireMessage } from '../src/generated/events';
import { apply, type Chat, EMPTY, merge, unreadCount, withHistory } from '../src/panel/chat';
import { rowsOf } from '../src/panel/rows';

let serial = 0;

function message(
  seq: number,
  author: WireMessage['author'],
  text = 'x',
  more: Partial<WireMessage> = {},
): WireMessage {
  return {
    conversation_uuid: 'c',
    message_id: `m${seq}`,
    id: `m${seq}`,
    seq,
    author,
    turn_id: null,
    attempt: null,
    sender: { uuid: author, name: author },
    receiver: null,
    context: { text, type: author === 'system' ? 'system' : 'text' },
    attachments: [],
    metadata: [],
    reactions: [],
    status: { is_read: false, read_at: null, delivered_at: null, is_deleted: false },
    timestamps: { created_at: new Date(1e12 + ++serial).toISOString(), updated_at: '' },
    ...more,
  };
}

const reply = (seq: number, turn: string, text: string): TaliaEvent => ({
  type: 'chat.reply.done',
  turn_id: turn,
  attempt: 1,
  message: message(seq, 'assistant', text, { turn_id: turn, attempt: 1 }),
  metadata: { handler: 'assistant', upto_seq: seq - 1 },
});

const TALK: TaliaEvent[] = [
  { type: 'chat.message.new', message: message(1, 'visitor', 'hola', { client_message_id: 'w-1' }) },
  { type: 'chat.reply.started', turn_id: 't1', attempt: 1 },
  { type: 'chat.reply.delta', turn_id: 't1', attempt: 1, offset: 0, text: '¡Ho' },
  { type: 'chat.reply.restarted', turn_id: 't1', attempt: 2, reason: 'new_attempt' },
  { type: 'chat.reply.delta', turn_id: 't1', attempt: 2, offset: 0, text: '¡Hola' },
  { type: 'chat.reply.delta', turn_id: 't1', attempt: 2, offset: 5, text: '! 😀' },
  reply(2, 't1', '¡Hola! 😀'),
  { type: 'chat.message.new', message: message(3, 'visitor', 'precio') },
  { type: 'chat.reply.started', turn_id: 't2', attempt: 1 },
  { type: 'chat.reply.delta', turn_id: 't2', attempt: 1, offset: 0, text: 'No lo sé' },
  reply(4, 't2', 'No lo sé.'),
];

const play = (events: readonly TaliaEvent[], from: Chat = EMPTY): Chat => events.reduce(apply, from);

describe('events', () => {
  test('deltas add up, a restart begins anew, done replaces the running text', () => {
    expect(play(TALK.slice(0, 4)).running).toEqual({ turn: 't1', text: '' });
    expect(play(TALK.slice(0, 6)).running).toEqual({ turn: 't1', text: '¡Hola! 😀' });
    const end = play(TALK);
    expect(end.running).toBeNull();
    expect(end.messages.map((m) => m.context.text)).toEqual(['hola', '¡Hola! 😀', 'precio', 'No lo sé.']);
  });

  test('whatever was seen before a cut, the history and the rest of the events give the same conversation', () => {
    const whole = play(TALK).messages.map((m) => m.message_id);
    for (let cut = 0; cut <= TALK.length; cut++) {
      const before = play(TALK.slice(0, cut));
      const page = {
        data: play(TALK).messages,
        conversation: { handler: 'assistant' as const },
        cursor: '4',
      };
      const after = play(TALK.slice(cut), withHistory(before, page, true));
      expect(after.messages.map((m) => m.message_id)).toEqual(whole);
      expect(after.running).toBeNull();
    }
  });

  test('a repeated event changes nothing that is shown', () => {
    const once = play(TALK);
    const twice = play(TALK.flatMap((e): TaliaEvent[] => (e.type === 'chat.reply.delta' ? [e] : [e, e])));
    expect(twice.messages).toEqual(once.messages);
  });

  test('a delta of another turn is not mixed in', () => {
    const chat = play(TALK.slice(0, 6));
    expect(
      apply(chat, { type: 'chat.reply.delta', turn_id: 'other', attempt: 1, offset: 0, text: '!' }),
    ).toBe(chat);
  });

  test('an unknown position asks for the history', () => {
    expect(apply(EMPTY, { type: 'chat.sync', cursor: '9' })).toMatchObject({ stale: true, cursor: '9' });
  });

  test('a seller who joins, types, reads and leaves', () => {
    const ana = { uuid: 'u', name: 'Ana' };
    let chat = play([...TALK.slice(0, 1), { type: 'chat.handoff.requested' }]);
    expect(chat.handler).toBe('queue');
    chat = apply(chat, { type: 'chat.agent.joined', agent: ana });
    expect(chat).toMatchObject({ handler: 'seller', agent: ana, online: true });
    chat = apply(chat, { type: 'chat.typing', author: 'seller', active: true });
    expect(chat.typing).toBe(true);
    chat = apply(chat, { type: 'chat.message.read', author: 'seller', up_to_seq: 1, at: '' });
    expect(chat.seenSeq).toBe(1);
    chat = apply(chat, { type: 'chat.session.assigned', agent: null });
    expect(chat).toMatchObject({ handler: 'assistant', agent: null, typing: false });
  });
});

test('who joined and left is known from the stored events alone', () => {
  const maria = { uuid: 'u', name: 'María' };
  const system = (seq: number, event: string) =>
    message(seq, 'system', event, { metadata: [{ event, agent: maria }] });
  const joined = apply(EMPTY, { type: 'chat.message.new', message: system(1, 'agent.joined') });
  expect(joined).toMatchObject({ handler: 'seller', agent: maria });
  const page = { data: joined.messages, conversation: { handler: 'seller' as const }, cursor: '1' };
  expect(withHistory(EMPTY, page, true).agent).toEqual(maria);
  const left = apply(joined, { type: 'chat.message.new', message: system(2, 'agent.left') });
  expect(left).toMatchObject({ handler: 'assistant', agent: null });
  expect(rowsOf(left, [], new Date(1e12)).map((r) => r.sender)).toEqual([maria, maria]);
});

test('messages stay in order and each once, whichever way they come', () => {
  const all = [1, 2, 3, 4, 5].map((n) => message(n, 'visitor'));
  expect(merge([all[2]!, all[3]!], [all[0]!, all[2]!, all[4]!, all[1]!]).map((m) => m.seq)).toEqual([
    1, 2, 3, 4, 5,
  ]);
});

test('unread counts the other side only, and stops at what was read', () => {
  const chat = play([
    { type: 'chat.message.new', message: message(1, 'seller') },
    { type: 'chat.message.new', message: message(2, 'visitor') },
    { type: 'chat.message.new', message: message(3, 'system') },
    { type: 'chat.message.new', message: message(4, 'seller') },
    { type: 'chat.message.new', message: message(5, 'seller') },
  ]);
  expect(unreadCount(chat)).toBe(2);
  expect(
    unreadCount(apply(chat, { type: 'chat.message.read', author: 'visitor', up_to_seq: 4, at: '' })),
  ).toBe(1);
});

test('a message keeps its row from sending to stored, a reply from its first word to the last', () => {
  const waiting = { id: 'w-1', text: 'hola', at: 1e12, state: 'waiting' as const };
  const now = new Date(1e12);
  expect(rowsOf(EMPTY, [waiting], now).map((r) => r.key)).toEqual(['w-1']);
  expect(rowsOf(play(TALK.slice(0, 1)), [waiting], now).map((r) => r.key)).toEqual(['w-1']);
  expect(rowsOf(play(TALK.slice(0, 3)), [], now).map((r) => r.key)).toEqual(['w-1', 't1']);
  expect(rowsOf(play(TALK.slice(0, 7)), [], now).map((r) => r.key)).toEqual(['w-1', 't1']);
});
