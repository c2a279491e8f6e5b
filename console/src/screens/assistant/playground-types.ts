// What the playground and replays are told, and what they send.

import type { Quality } from '../../api/types';
import type { components } from '../../generated/api';
import type { Locale } from '../../i18n';

export type CaseItem = components['schemas']['CaseItem'];

/** A reply as it would be, and how it came about. Times in milliseconds, `cost` in US dollars. */
export interface Rehearsal {
  text: string;
  source: 'model' | 'guided';
  prompt_ref: string;
  model: string | null;
  /** Why the guided assistant answered although there is a model. */
  failure: string | null;
  input_tokens: number;
  output_tokens: number;
  cost: number | null;
  ms: number;
  first_text_ms: number | null;
  quick_replies: string[];
  cards: { [name: string]: unknown }[];
  contact: Record<string, string>;
  asks_for_consent: boolean;
  handoff: string | null;
  tool_calls: { name: string; arguments: string; output: string }[];
  knowledge: {
    items: { id: string; title: string; price?: number; currency?: string; availability?: string }[];
    documents: { heading: string; text: string }[];
  };
  facts: { criterion: string; value: string; quote: string }[];
  tier: Quality;
  score: number;
}

/** `code` says why a side failed, where the server tells. */
interface Failed {
  event: 'failed';
  name: string;
  code?: string;
}

export type PlayEvent =
  | { event: 'delta'; text: string }
  | { event: 'restarted' }
  | ({ event: 'done'; name: string } & Rehearsal)
  | Failed;

/** `original` is what was said then: null where nobody answered. */
export interface Then {
  turn: number;
  asked: string;
  original: string | null;
  original_by: 'assistant' | 'seller' | null;
  original_seq: number | null;
}

export type ReplayEvent =
  | { event: 'begin'; turns: number; skipped: number }
  | ({ event: 'turn' } & Then)
  | ({ event: 'reply'; turn: number } & Rehearsal)
  | (Failed & { turn: number });

/** A version, a text that is not saved, or (with neither) what is live. */
export type SideBody = { number: number } | { content: string } | Record<string, never>;

export interface PlayBody {
  sides: SideBody[];
  messages: { author: 'visitor' | 'assistant'; text: string }[];
  locale: Locale;
  item: CaseItem | null;
}
