// A replay, as far as it is known, and what became of each turn.

import type { Rehearsal, ReplayEvent, Then } from './playground-types';

export interface Turn extends Then {
  reply?: Rehearsal;
  failed?: { code?: string | undefined };
}

/** `turns` is how many there will be, `skipped` how many older ones are left out. */
export interface Replay {
  state: 'idle' | 'running' | 'done' | 'stopped' | 'broken';
  turns: number;
  skipped: number;
  done: readonly Turn[];
  problem?: unknown;
}

export const IDLE: Replay = { state: 'idle', turns: 0, skipped: 0, done: [] };

export function heard(all: Replay, event: ReplayEvent): Replay {
  const answered = (turn: number, more: Partial<Turn>): Replay => ({
    ...all,
    done: all.done.map((one) => (one.turn === turn ? { ...one, ...more } : one)),
  });
  switch (event.event) {
    case 'begin':
      return { ...all, turns: event.turns, skipped: event.skipped };
    case 'turn':
      return { ...all, done: [...all.done, event] };
    case 'reply':
      return answered(event.turn, { reply: event });
    case 'failed':
      return answered(event.turn, { failed: { code: event.code } });
  }
}

export type Verdict = 'same' | 'other' | 'person' | 'unanswered' | 'failed' | 'writing';

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Who called a person was told under the reply whether one is there: the server's sentence, not the version's. */
const asSaid = (original: string, { text, handoff }: Rehearsal): boolean =>
  handoff === null ? plain(original) === plain(text) : `${plain(original)} `.startsWith(`${plain(text)} `);

/** Spaces make no other reply. */
export function verdictOf({ original, original_by, reply, failed }: Turn): Verdict {
  if (failed) return 'failed';
  if (!reply) return 'writing';
  if (original === null) return 'unanswered';
  if (original_by === 'seller') return 'person';
  return asSaid(original, reply) ? 'same' : 'other';
}
