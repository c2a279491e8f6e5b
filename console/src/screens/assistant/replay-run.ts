// A replay as it goes on, turn by turn.

import { useEffect, useRef, useState } from 'react';
import { replay } from './playground-data';
import { heard, IDLE, type Replay } from './replay-state';

export function useReplay(conversation: string, number: number) {
  const [run, setRun] = useState<Replay>(IDLE);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const start = async (): Promise<void> => {
    abort.current?.abort();
    const { signal } = (abort.current = new AbortController());
    setRun({ ...IDLE, state: 'running' });
    try {
      for await (const event of replay(conversation, number, signal)) {
        if (signal.aborted) return;
        setRun((all) => heard(all, event));
      }
      setRun((all) => ({ ...all, state: 'done' }));
    } catch (problem) {
      if (!signal.aborted) setRun((all) => ({ ...all, state: 'broken', problem }));
    }
  };
  const stop = (): void => {
    abort.current?.abort();
    setRun((all) => ({ ...all, state: 'stopped', done: all.done.filter((one) => one.reply ?? one.failed) }));
  };
  return { run, start: () => void start(), stop };
}
