// Generated from app/realtime/events.py by scripts/event_types.py. Do not edit.

export interface AgentJoined {
  type: "chat.agent.joined";
  agent: Party;
  conversation_uuid?: string | null;
}

export interface Bye {
  type: "chat.bye";
  retry_ms: number;
}

export interface ConversationUpdated {
  type: "chat.conversation.updated";
  conversation: Record<string, JsonValue>;
}

export interface Device {
  type?: string | null;
  os?: string | null;
  os_version?: string | null;
  app_version?: string | null;
  model?: string | null;
  browser?: string | null;
  browser_version?: string | null;
}

export interface HandoffRequested {
  type: "chat.handoff.requested";
  reason?: string | null;
  conversation_uuid?: string | null;
}

export type JsonValue = unknown;

export interface LeadUpdated {
  type: "chat.lead.updated";
  conversation_uuid: string;
  lead: Record<string, JsonValue>;
}

export interface MessageContext {
  text: string;
  type: "text" | "image" | "file" | "audio" | "video" | "system";
  texts?: Record<string, string> | null;
  quick_replies?: readonly QuickReply[] | null;
  cards?: readonly Record<string, JsonValue>[] | null;
}

export interface MessageNew {
  type: "chat.message.new";
  message: WireMessage;
}

export interface MessageRead {
  type: "chat.message.read";
  author: "visitor" | "assistant" | "seller" | "system";
  up_to_seq: number;
  at: string;
}

export interface MessageStatus {
  is_read: boolean;
  read_at: string | null;
  delivered_at: string | null;
  is_deleted: boolean;
}

export interface MessageUpdated {
  type: "chat.message.updated";
  message: WireMessage;
}

export interface Party {
  uuid: string | null;
  name: string | null;
  avatar?: string | null;
}

export interface Presence {
  type: "chat.presence";
  author: "visitor" | "assistant" | "seller" | "system";
  online: boolean;
  agent?: Party | null;
  conversation_uuid?: string | null;
}

export interface QuickReply {
  label: string;
  value: string;
  icon?: string | null;
}

export interface Reaction {
  user_uuid: string;
  emoji: string;
  created_at: string;
}

export interface ReplyDelta {
  type: "chat.reply.delta";
  turn_id: string;
  attempt: number;
  offset: number;
  text: string;
}

export interface ReplyDone {
  type: "chat.reply.done";
  turn_id: string;
  attempt: number;
  message: WireMessage;
  metadata: Record<string, JsonValue>;
}

export interface ReplyFailed {
  type: "chat.reply.failed";
  turn_id: string;
  reason: string;
}

export interface ReplyRestarted {
  type: "chat.reply.restarted";
  turn_id: string;
  attempt: number;
  reason: string;
}

export interface ReplyStarted {
  type: "chat.reply.started";
  turn_id: string;
  attempt: number;
}

export interface SessionAssigned {
  type: "chat.session.assigned";
  agent: Party | null;
  conversation_uuid?: string | null;
}

export interface SessionStarted {
  type: "chat.session.started";
  session_id: string;
  conversation_uuid?: string | null;
}

export interface Sync {
  type: "chat.sync";
  cursor: string;
}

export interface TaskUpdated {
  type: "chat.task.updated";
  conversation_uuid: string;
  task: Record<string, JsonValue>;
}

export interface Timestamps {
  created_at: string;
  updated_at: string;
}

export interface Typing {
  type: "chat.typing";
  author: "visitor" | "assistant" | "seller" | "system";
  active: boolean;
  conversation_uuid?: string | null;
}

export interface WireMessage {
  conversation_uuid: string;
  message_id: string;
  id: string;
  seq: number;
  author: "visitor" | "assistant" | "seller" | "system";
  turn_id: string | null;
  attempt: number | null;
  private?: boolean;
  sender: Party;
  receiver: Party | null;
  context: MessageContext;
  attachments: readonly Record<string, JsonValue>[];
  metadata: readonly Record<string, JsonValue>[];
  reactions: readonly Reaction[];
  status: MessageStatus;
  timestamps: Timestamps;
  pbk?: string | null;
  device?: Device | null;
  client_message_id?: string | null;
  change?: number | null;
}

export type TaliaEvent = AgentJoined | Bye | ConversationUpdated | HandoffRequested | LeadUpdated | MessageNew | MessageRead | MessageUpdated | Presence | ReplyDelta | ReplyDone | ReplyFailed | ReplyRestarted | ReplyStarted | SessionAssigned | SessionStarted | Sync | TaskUpdated | Typing;
