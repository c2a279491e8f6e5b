// A conversation as a value, and the one function that lets an event happen to it. No clock, no network.

import type { Party, TaliaEvent, WireMessage } from '../generated/events';

export interface Running {
  turn: string;
  text: string;
}

export interface Chat {
  /** In `seq` order, each once. */
  messages: readonly WireMessage[];
  running: Running | null;
  typing: boolean;
  agent: Party | null;
  online: boolean;
  handler: 'assistant' | 'queue' | 'seller';
  /** The other side has seen what the visitor wrote up to here. */
  seenSeq: number;
  /** The visitor has seen everything up to here. */
  readSeq: number;
  cursor: string | null;
  /** The position was unknown to the server: the history has to be fetched again. */
  stale: boolean;
}

export const EMPTY: Chat = {
  messages: [],
  running: null,
  typing: false,
  agent: null,
  online: false,
  handler: 'assistant',
  seenSeq: 0,
  readSeq: 0,
  cursor: null,
  stale: false,
};

/** Both lists, in order, each message once; the newer copy wins. */
export function merge(known: readonly WireMessage[], more: readonly WireMessage[]): readonly WireMessage[] {
  const last = known[known.length - 1];
  // The usual case, and the hot one.
  if (more.length === 1 && (!last || more[0]!.seq > last.seq)) return [...known, more[0]!];
  const byId = new Map<string, WireMessage>();
  for (const message of [...known, ...more]) byId.set(message.message_id, message);
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

export interface HistoryPage {
  data: readonly WireMessage[];
  conversation: { handler: Chat['handler'] } | null;
  cursor: string;
}

/** A page of history; `replace` forgets what was there, as after `chat.sync` or another session. */
export function withHistory(chat: Chat, page: HistoryPage, replace: boolean): Chat {
  const messages = merge(replace ? [] : chat.messages, page.data);
  const read = [...page.data].reverse().find((m) => m.author !== 'visitor' && m.status.is_read);
  return {
    ...chat,
    messages,
    running: replace ? null : chat.running,
    handler: page.conversation?.handler ?? 'assistant',
    agent: lastAgent(messages, chat.agent),
    cursor: replace ? page.cursor : chat.cursor,
    seenSeq: Math.max(chat.seenSeq, seenIn(messages)),
    readSeq: Math.max(chat.readSeq, read?.seq ?? 0),
    stale: false,
  };
}

/** Whom a system message is about: who joined, who left. */
export function agentOf(message: WireMessage): Party | null {
  const agent = message.metadata[0]?.['agent'] as Party | undefined;
  return agent && typeof agent.name === 'string' ? agent : null;
}

function lastAgent(messages: readonly WireMessage[], otherwise: Party | null): Party | null {
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i]!;
    const event = message.author === 'system' ? message.context.text : null;
    if (event === 'agent.left' || event === 'conversation.closed') return null;
    if (message.author === 'seller') return message.sender;
    if (event === 'agent.joined') return agentOf(message) ?? otherwise;
  }
  return otherwise;
}

/** Whoever answered has read what came before; a seller's own receipts say the rest. */
function seenIn(messages: readonly WireMessage[]): number {
  let seen = 0;
  for (const m of messages) {
    if (m.author === 'visitor' ? m.status.is_read : m.author !== 'system') seen = m.seq;
  }
  return seen;
}

function add(chat: Chat, message: WireMessage): Chat {
  const answers = message.author === 'assistant' || message.author === 'seller';
  return {
    ...chat,
    messages: merge(chat.messages, [message]),
    typing: answers ? false : chat.typing,
    agent: message.author === 'seller' ? message.sender : chat.agent,
    seenSeq: answers ? Math.max(chat.seenSeq, message.seq) : chat.seenSeq,
  };
}

/** What `event` changes. Events that say nothing new give the same value back. */
export function apply(chat: Chat, event: TaliaEvent): Chat {
  switch (event.type) {
    case 'chat.message.new':
      return withSystem(add(chat, event.message), event.message);
    case 'chat.message.updated':
      return { ...chat, messages: merge(chat.messages, [event.message]) };
    case 'chat.reply.started':
    case 'chat.reply.restarted':
      return { ...chat, running: { turn: event.turn_id, text: '' } };
    case 'chat.reply.delta':
      if (chat.running?.turn !== event.turn_id) return chat;
      return { ...chat, running: { turn: event.turn_id, text: chat.running.text + event.text } };
    case 'chat.reply.done':
      return { ...add(chat, event.message), running: null, handler: handlerOf(event.metadata, chat.handler) };
    case 'chat.reply.failed':
      return chat.running?.turn === event.turn_id ? { ...chat, running: null } : chat;
    case 'chat.typing':
      return event.author === 'seller' ? { ...chat, typing: event.active } : chat;
    case 'chat.message.read':
      return event.author === 'visitor'
        ? { ...chat, readSeq: Math.max(chat.readSeq, event.up_to_seq) }
        : { ...chat, seenSeq: Math.max(chat.seenSeq, event.up_to_seq) };
    case 'chat.agent.joined':
      return { ...chat, agent: event.agent, handler: 'seller', online: true };
    case 'chat.session.assigned':
      return event.agent
        ? { ...chat, agent: event.agent, handler: 'seller' }
        : {
            ...chat,
            agent: null,
            typing: false,
            handler: chat.handler === 'seller' ? 'assistant' : chat.handler,
          };
    case 'chat.handoff.requested':
      return chat.handler === 'seller' ? chat : { ...chat, handler: 'queue' };
    case 'chat.presence':
      return event.author === 'seller' ? { ...chat, online: event.online } : chat;
    case 'chat.sync':
      return { ...chat, running: null, cursor: event.cursor, stale: true };
    default:
      return chat;
  }
}

/** What a stored event of the conversation means for who handles it: the same as its live one, which may be missed. */
function withSystem(chat: Chat, message: WireMessage): Chat {
  if (message.author !== 'system') return chat;
  switch (message.context.text) {
    case 'handoff.requested':
      return chat.handler === 'assistant' ? { ...chat, handler: 'queue' } : chat;
    case 'agent.joined':
      return { ...chat, handler: 'seller', agent: agentOf(message) ?? chat.agent };
    case 'agent.left':
    case 'conversation.closed':
      return { ...chat, handler: 'assistant', agent: null, typing: false };
    default:
      return chat;
  }
}

function handlerOf(metadata: Record<string, unknown>, otherwise: Chat['handler']): Chat['handler'] {
  const handler = metadata['handler'];
  return handler === 'assistant' || handler === 'queue' || handler === 'seller' ? handler : otherwise;
}

export const lastSeq = (chat: Chat): number => chat.messages[chat.messages.length - 1]?.seq ?? 0;

/** How many messages of the other side the visitor has not seen. */
export function unreadCount(chat: Chat): number {
  let count = 0;
  for (let i = chat.messages.length - 1; i >= 0; i--) {
    const message = chat.messages[i]!;
    if (message.seq <= chat.readSeq || message.author === 'visitor') break;
    if (message.author !== 'system' && !message.status.is_read) count++;
  }
  return count;
}
