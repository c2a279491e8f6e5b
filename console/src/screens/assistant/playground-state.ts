// A conversation that is tried out, as it is known so far.

import type { PlayBody, PlayEvent, Rehearsal } from './playground-types';

/** What one side makes of a question. `problem` is why it could not be asked, `code` why it could not answer. */
export interface Attempt {
  state: 'writing' | 'done' | 'stopped' | 'failed';
  text: string;
  given?: Rehearsal;
  problem?: unknown;
  code?: string | undefined;
}

export interface Exchange {
  asked: string;
  attempts: readonly Attempt[];
}

export function heard(attempt: Attempt, event: PlayEvent): Attempt {
  switch (event.event) {
    case 'delta':
      return { ...attempt, text: attempt.text + event.text };
    case 'restarted':
      return { ...attempt, text: '' };
    case 'failed':
      return { state: 'failed', text: '', code: event.code };
    case 'done':
      return { state: 'done', text: event.text, given: event };
  }
}

/** As things stood when what stands at `place` had just been asked. */
export const asked = (exchanges: readonly Exchange[], place: number): Exchange[] => [
  ...exchanges.slice(0, place),
  { ...exchanges[place]!, attempts: [] },
];

/** What a side has been through, as it is asked the next time: only what it finished saying was said. */
export function told(exchanges: readonly Exchange[], side: number): PlayBody['messages'] {
  return exchanges.flatMap(({ asked, attempts }) => {
    const attempt = attempts[side];
    const answer = attempt?.state === 'done' && attempt.text.trim();
    return [
      { author: 'visitor' as const, text: asked },
      ...(answer ? [{ author: 'assistant' as const, text: answer }] : []),
    ];
  });
}
