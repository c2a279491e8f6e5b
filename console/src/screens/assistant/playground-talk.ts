// A conversation that is tried out: each question goes to every side, and each side goes on from its own answers.

import { useEffect, useRef, useState } from 'react';
import type { Locale } from '../../i18n';
import { play } from './playground-data';
import { asked, type Attempt, type Exchange, heard, told } from './playground-state';
import type { CaseItem, SideBody } from './playground-types';

export interface Circumstances {
  locale: Locale;
  item: CaseItem | null;
}

const WRITING: Attempt = { state: 'writing', text: '' };

export function useTalk(sides: readonly SideBody[]) {
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const change = (place: number, side: number, to: (attempt: Attempt) => Attempt): void =>
    setExchanges((all) =>
      all.map((one, i) =>
        i === place ? { ...one, attempts: one.attempts.map((a, j) => (j === side ? to(a) : a)) } : one,
      ),
    );

  const ask = async (all: readonly Exchange[], side: number, about: Circumstances): Promise<void> => {
    const { signal } = (abort.current ??= new AbortController());
    const place = all.length - 1;
    const body = { sides: [sides[side]!], messages: told(all, side), ...about };
    try {
      for await (const event of play(body, signal)) {
        if (signal.aborted) return;
        change(place, side, (attempt) => heard(attempt, event));
      }
    } catch (problem) {
      if (!signal.aborted) change(place, side, ({ text }) => ({ state: 'failed', text, problem }));
    }
  };

  const say = (text: string, about: Circumstances): void => {
    const next = [...exchanges, { asked: text, attempts: sides.map(() => WRITING) }];
    setExchanges(next);
    for (const side of sides.keys()) void ask(next, side, about);
  };
  /** Ask a side once more what was asked last. */
  const again = (side: number, about: Circumstances): void => {
    change(exchanges.length - 1, side, () => WRITING);
    void ask(asked(exchanges, exchanges.length - 1), side, about);
  };
  const stop = (): void => {
    abort.current?.abort();
    abort.current = null;
    setExchanges((all) =>
      all.map((one) => ({
        ...one,
        attempts: one.attempts.map((a) => (a.state === 'writing' ? { ...a, state: 'stopped' } : a)),
      })),
    );
  };
  const clear = (): void => {
    stop();
    setExchanges([]);
  };
  const busy = exchanges.some((one) => one.attempts.some((a) => a.state === 'writing'));
  return { exchanges, busy, say, again, stop, clear };
}
