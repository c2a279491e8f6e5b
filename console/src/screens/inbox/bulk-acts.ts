// The same act on several conversations: one call each, a few at a time, and what became of each.

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, read } from '../../api/client';
import type { Line } from '../../api/types';
import { applyLine, askForCounts } from '../../live/inbox';
import { useMe } from '../../shell/me';
import { type Act, act } from './acts';

export type BulkAct =
  Extract<Act, { kind: 'assign' | 'snooze' | 'close' }> | { kind: 'tag'; tag: string } | { kind: 'unread' };

export interface Failed {
  line: Line;
  error: unknown;
}

export interface Progress {
  what: BulkAct;
  total: number;
  done: number;
  running: boolean;
  failed: readonly Failed[];
}

/** Browsers have six connections to a server, and two of them are the streams'. */
const AT_ONCE = 3;

/** `settled` hears of those that are done. */
export function useBulk(settled: (lines: readonly Line[]) => void) {
  const cache = useQueryClient();
  const me = useMe().uuid;
  const [progress, set] = useState<Progress | null>(null);
  const run = async (lines: readonly Line[], what: BulkAct): Promise<readonly Failed[]> => {
    const failed: Failed[] = [];
    let done = 0;
    const tell = (running: boolean): void =>
      set({ what, total: lines.length, done, running, failed: [...failed] });
    tell(true);
    await eachOf(lines, async (line) => {
      try {
        await one(cache, me, line, what);
      } catch (error) {
        failed.push({ line, error });
      }
      done++;
      tell(true);
    });
    const lost = new Set(failed.map(({ line }) => line.uuid));
    settled(lines.filter((line) => !lost.has(line.uuid)));
    if (failed.length) tell(false);
    else set(null);
    return failed;
  };
  return { progress, run, forget: () => set(null) };
}

async function one(cache: QueryClient, me: string, line: Line, what: BulkAct): Promise<void> {
  const { uuid } = line;
  if (what.kind === 'unread') {
    await read(api.PUT('/api/v1/chat/conversations/{uuid}/unread', { params: { path: { uuid } }, body: {} }));
    return askForCounts(cache);
  }
  if (what.kind !== 'tag') return applyLine(cache, me, await act(uuid, what));
  if (line.tags.includes(what.tag)) return;
  applyLine(cache, me, await act(uuid, { kind: 'label', tags: [...line.tags, what.tag] }));
}

/** A few at a time, in order: more would only wait for each other in the browser. */
async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
