// Conversations that are chosen in the list, to do something with all of them.

import { useCallback, useMemo, useRef, useState } from 'react';
import type { Line } from '../../api/types';

export interface Selection {
  /** Those of the list, in its order. */
  chosen: readonly Line[];
  /** Every line shows its box. */
  choosing: boolean;
  /** `range`: all from the one that was chosen before up to this one. */
  toggle: (uuid: string, range: boolean) => void;
  begin: () => void;
  all: () => void;
  drop: (uuids: readonly string[]) => void;
  clear: () => void;
  /** While something is done with them nothing ends the choosing. */
  hold: (on: boolean) => void;
}

const NONE: ReadonlySet<string> = new Set();

export function useSelection(lines: readonly Line[]): Selection {
  const [picked, pick] = useState(NONE);
  const [begun, setBegun] = useState(false);
  const anchor = useRef<string | null>(null);
  const latest = useRef(lines);
  latest.current = lines;
  const toggle = useCallback((uuid: string, range: boolean) => {
    const span = range ? between(latest.current, anchor.current, uuid) : [uuid];
    anchor.current = uuid;
    pick((old) => {
      const next = new Set(old);
      for (const one of span)
        if (range || !old.has(one)) next.add(one);
        else next.delete(one);
      return next;
    });
  }, []);
  const held = useRef(false);
  const hold = useCallback((on: boolean) => {
    held.current = on;
    if (on) setBegun(true);
  }, []);
  const clear = useCallback(() => {
    if (held.current) return;
    anchor.current = null;
    pick(NONE);
    setBegun(false);
  }, []);
  const drop = useCallback(
    (uuids: readonly string[]) => pick((old) => new Set([...old].filter((uuid) => !uuids.includes(uuid)))),
    [],
  );
  const all = useCallback(() => pick(new Set(latest.current.map((line) => line.uuid))), []);
  const begin = useCallback(() => setBegun(true), []);
  // What left the list is not chosen any more: nobody sees it.
  const chosen = useMemo(() => lines.filter((line) => picked.has(line.uuid)), [lines, picked]);
  return { chosen, choosing: begun || chosen.length > 0, toggle, begin, all, drop, clear, hold };
}

function between(lines: readonly Line[], from: string | null, to: string): string[] {
  const ends = [from ?? to, to].map((uuid) => lines.findIndex((line) => line.uuid === uuid));
  if (ends.includes(-1)) return [to];
  return lines.slice(Math.min(...ends), Math.max(...ends) + 1).map((line) => line.uuid);
}
