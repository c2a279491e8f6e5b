// The inbox's lists, kept current by what the stream says: pure functions from a list and changed lines to the list.

import type { Line, Outcome, Quality, State, View } from '../api/types';

export interface Filter {
  view: View;
  state: State | null;
  quality: Quality | null;
  outcome: Outcome | null;
  tag: string | null;
  text: string;
  overdue: boolean;
  sort: 'newest' | 'waiting';
}

export const NO_FILTER: Filter = {
  view: 'mine',
  state: null,
  quality: null,
  outcome: null,
  tag: null,
  text: '',
  overdue: false,
  sort: 'newest',
};

/** `next` is the server's cursor: what it has beyond the last line. */
export interface LineList {
  lines: readonly Line[];
  next: string | null;
}

/** A line that changed, or one that is not for these eyes any more. */
export type Change = Line | { uuid: string; gone: true };

/** Whether the server would give this line for the filter; null where only the server knows (a search in the text). */
export function belongs(line: Line, filter: Filter, me: string): boolean | null {
  const inView =
    filter.view === 'mine'
      ? line.assignee?.uuid === me
      : filter.view === 'unassigned'
        ? line.handler === 'queue' && !line.assignee
        : filter.view === 'bot'
          ? line.handler === 'assistant' && line.state !== 'closed' && line.state !== 'blocked'
          : filter.view === 'all' || line.participants.some((p) => p.uuid === me);
  if (!inView || line.last_message_at === null) return false;
  if (filter.state && line.state !== filter.state) return false;
  if (filter.quality && line.lead_quality !== filter.quality) return false;
  if (filter.outcome && line.outcome !== filter.outcome) return false;
  if (filter.tag && !line.tags.includes(filter.tag)) return false;
  if (filter.overdue && !line.overdue) return false;
  if (filter.sort === 'waiting' && line.waiting_since === null) return false;
  return filter.text ? null : true;
}

/** The same list when nothing in it changed: whoever renders it compares by identity. */
export function withChanges(
  list: LineList,
  filter: Filter,
  changes: readonly Change[],
  me: string,
): LineList {
  const changed = new Map(changes.map((change) => [change.uuid, change]));
  const kept: Line[] = [];
  const placed: Line[] = [];
  let touched = false;
  for (const line of list.lines) {
    const change = changed.get(line.uuid);
    if (!change) kept.push(line);
    else {
      touched = true;
      changed.delete(line.uuid);
      if (!('gone' in change) && belongs(change, filter, me) !== false) placed.push(newer(line, change));
    }
  }
  const last = list.next !== null ? list.lines.at(-1) : undefined;
  for (const change of changed.values()) {
    if ('gone' in change || belongs(change, filter, me) !== true) continue;
    // Beyond what is loaded: it comes with the next page.
    if (last && inOrder(last, change, filter.sort) < 0) continue;
    touched = true;
    placed.push(change);
  }
  if (!touched) return list;
  return { next: list.next, lines: merged(kept, placed, filter.sort) };
}

/** Events may overtake an answer: what is newer stays. */
const newer = (old: Line, change: Line): Line => (change.updated_at < old.updated_at ? old : change);

function merged(kept: readonly Line[], placed: Line[], sort: Filter['sort']): Line[] {
  placed.sort((a, b) => inOrder(a, b, sort));
  const all: Line[] = [];
  let next = 0;
  for (const line of kept) {
    while (next < placed.length && inOrder(placed[next]!, line, sort) < 0) all.push(placed[next++]!);
    all.push(line);
  }
  return [...all, ...placed.slice(next)];
}

/** Negative: `a` stands above `b`. Times are ISO 8601 of one form, so that they compare as text. */
function inOrder(a: Line, b: Line, sort: Filter['sort']): number {
  if (sort === 'waiting')
    return compare(a.waiting_since ?? '', b.waiting_since ?? '') || compare(a.uuid, b.uuid);
  return compare(b.last_message_at ?? '', a.last_message_at ?? '') || compare(b.uuid, a.uuid);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What the visitor wrote and this member of the staff has not read; nobody counts for those who take no part. */
export function unreadOf(line: Line, me: string): number {
  return line.participants.find((p) => p.uuid === me)?.pivot.unread_count ?? 0;
}

/** ✓ or ✓✓ where the last word was ours. */
export function receiptOf(line: Line): 'sent' | 'read' | null {
  const theirs = line.waiting_since !== null || line.awaiting_reply || line.answered_seq === 0;
  if (theirs || !line.last_message_text) return null;
  return line.participants[0]?.pivot.unread_count === 0 ? 'read' : 'sent';
}
