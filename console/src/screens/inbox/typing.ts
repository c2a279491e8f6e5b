// The visitor sees that somebody writes: said now and then while it is so, and taken back when it ends.

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { api } from '../../api/client';

const AGAIN_MS = 4000;
const PAUSE_MS = 6000;

export function useTypingNotice(uuid: string): { typing: () => void; stop: () => void } {
  const said = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useCallback(
    (active: boolean) => {
      // Nothing depends on it: what is lost is not said again.
      api
        .POST('/api/v1/chat/conversations/{uuid}/typing', { params: { path: { uuid } }, body: { active } })
        .catch(() => undefined);
    },
    [uuid],
  );
  const stop = useCallback(() => {
    clearTimeout(timer.current);
    if (!said.current) return;
    said.current = 0;
    tell(false);
  }, [tell]);
  const typing = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(stop, PAUSE_MS);
    if (Date.now() - said.current < AGAIN_MS) return;
    said.current = Date.now();
    tell(true);
  }, [stop, tell]);
  useEffect(() => stop, [stop]);
  return useMemo(() => ({ typing, stop }), [typing, stop]);
}
