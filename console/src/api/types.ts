// What the staff's API answers. Messages are generated (generated/events.ts); these are the rest, as SQL renders them.

import type { components } from '../generated/api';
import type { Party, WireMessage } from '../generated/events';

export type Message = WireMessage;
export type { Party };
export type Role = 'seller' | 'marketing' | 'admin';
export type Quality = 'hot' | 'warm' | 'cold';
export type State = 'bot' | 'waiting' | 'open' | 'snoozed' | 'closed' | 'blocked';
export type Handler = 'assistant' | 'queue' | 'seller';
export type View = 'participant' | 'mine' | 'unassigned' | 'bot' | 'all';

export const OUTCOMES = [
  'pending',
  'appointment_scheduled',
  'offer_made',
  'purchased',
  'not_interested',
  'unavailable',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Site {
  id: string;
  slug: string;
  name: string;
  locale: string;
  region: string | null;
  time_zone: string;
  public_key: string;
}

export interface Me {
  uuid: string;
  number: number;
  name: string;
  email: string;
  avatar: string | null;
  role: Role;
  languages: string[];
  capacity: number;
  away: boolean;
  site: Site;
}

/** Somebody of the staff, as their colleagues see them. */
export interface Colleague {
  uuid: string;
  name: string;
  email: string;
  avatar: string | null;
  role: Role;
  languages: string[];
  capacity: number;
  away: boolean;
  disabled: boolean;
  online: boolean;
  last_seen_at: string | null;
  /** The conversation that is open on their screen. */
  viewing: string | null;
}

export interface Participant {
  uuid: string;
  name: string;
  email: string | null;
  type: 'visitor' | 'staff';
  pivot: { unread_count: number; last_read_at: string | null; joined_at: string };
}

export interface Contact {
  uuid: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  identity: 'anonymous' | 'claimed' | 'verified';
}

/** What the conversation is about: the item of the page it began on. */
export interface Item {
  type?: string;
  uuid?: string | null;
  title: string;
  price?: number;
  currency?: string;
  url?: string;
  image?: string;
  subtitle?: string;
}

/** A line of the inbox. Times are ISO 8601. */
export interface Line {
  uuid: string;
  state: State;
  handler: Handler;
  taggable_type: string | null;
  taggable_info: Item | null;
  last_message_text: string | null;
  last_message_at: string | null;
  is_archived: boolean;
  created_at: string;
  updated_at: string;
  last_seq: number;
  answered_seq: number;
  awaiting_reply: boolean;
  participants: Participant[];
  assignee: Party | null;
  contact: Contact;
  locale: string | null;
  lead_quality: Quality | null;
  lead_score: number | null;
  outcome: Outcome | null;
  tags: string[];
  waiting_since: string | null;
  /** Null and snoozed: until the visitor writes. */
  snoozed_until: string | null;
  handoff_reason: string | null;
  handoff_summary: string | null;
  /** Who wrote the summary: the model, rules from what is known, or somebody of the staff. */
  handoff_summary_by?: string | null;
  tasks?: { open: number; due_at: string | null; overdue: boolean };
  rating: number | null;
  /** When somebody must have answered, in business hours. */
  due_at?: string | null;
  overdue?: boolean;
}

/** What brought the visitor: the address's campaign parameters under their own names. */
export interface Touch {
  utm_source?: string;
  utm_medium?: string;
  utm_campaign?: string;
  utm_term?: string;
  utm_content?: string;
  referrer?: string;
  landing_page?: string;
  [name: string]: unknown;
}

export interface Visit {
  page: { url?: string; title?: string; referrer?: string } | null;
  touch: Touch | null;
  location: { city?: string; country?: string; [name: string]: unknown } | null;
  events: unknown;
  attributes: Record<string, unknown> | null;
  last_activity: string | null;
}

/** One conversation, opened. */
export interface Conversation extends Line {
  visits: Visit[];
  /** Not from the server: a colleague took it while it was open, and the reader may see no more of it. */
  lost?: boolean;
}

export interface MessagePage {
  data: Message[];
  last_seq: number;
  has_more: boolean;
  /** Where the conversation's stream goes on from. */
  cursor: string;
}

/** How a reply of the assistant was made. `source`: a model, or the guided assistant; `failure`: why not the model. */
export interface ReplyOrigin {
  message_id: string;
  source: 'model' | 'guided' | null;
  /** `<name>@v<number>`, or `<name>@<hash>` for the one that the server came with. */
  prompt_ref: string | null;
  model: string | null;
  rubric: string | null;
  failure: string | null;
  sources: readonly { kind: 'item' | 'document'; id: string; title: string }[];
  input_tokens: number | null;
  output_tokens: number | null;
  first_text_ms: number | null;
}

export interface LinePage {
  data: Line[];
  next_cursor: string | null;
}

export interface CannedReply {
  id: string;
  shortcut: string;
  texts: Record<string, string>;
  shared: boolean;
  usage_count: number;
  updated_at: string;
}

export interface Counts {
  mine: number;
  unassigned: number;
  bot: number;
  all: number;
}

/** One thing the visitor said, with the words it rests on; `start` counts in the message's text. */
export interface LeadFact {
  uuid: string;
  criterion: string;
  value: string;
  data: Record<string, unknown>;
  source: 'model' | 'extractor' | 'form' | 'seller';
  message_id: string | null;
  quote: string | null;
  holds: boolean;
}

/** Why a score is what it is: `key` names a sentence, `params` fill it, `evidence` are ids of messages. */
export interface LeadReason {
  key: string;
  params: Record<string, string> | null;
  points: number;
  evidence: readonly string[];
}

export interface Lead {
  uuid: string;
  conversation_uuid: string;
  quality: Quality | null;
  scored_quality: Quality | null;
  manual_quality: Quality | null;
  score: number | null;
  reasons: readonly LeadReason[] | null;
  outcome: Outcome;
  contact: Contact & {
    hidden: boolean;
    captured_at: string | null;
    /** Null: never asked, or not answered. */
    consents: { contact: boolean | null; marketing: boolean | null };
  };
  gap: { code: string; since: string; dismissed_at: string | null } | null;
  verdict: { verdict: 'right' | 'wrong'; reason: string | null; by: Party | null; at: string } | null;
  first_touch: Touch | null;
  last_touch: Touch | null;
  page: { url?: string; title?: string } | null;
  item: Item | null;
  created_at: string;
  updated_at: string;
  facts: readonly LeadFact[];
}

/** The criteria by which leads are judged, with labels by language; `name` "cold" holds the classes that are no buyers. */
export interface Rubric {
  ref: string;
  criteria: readonly {
    name: string;
    label: Record<string, string> | null;
    values: readonly { value: string; label: Record<string, string> }[];
  }[];
}

export interface Task {
  id: string;
  conversation_uuid: string;
  kind: 'call' | 'message' | 'confirm' | 'other';
  text: string;
  due_at: string;
  overdue: boolean;
  assignee: Party | null;
  author: 'assistant' | 'seller';
  message_id: string | null;
  contact: { uuid: string; name: string | null } | null;
  created_at: string;
  done_at: string | null;
}

/** A list to come back to; `filter` has the names of the query of GET /chat/conversations. */
export interface SavedView {
  id: string;
  name: string;
  shared: boolean;
  filter: components['schemas']['FilterBody'];
}
