import { describe, expect, it } from 'vitest';
import type { Line } from '../src/api/types';
import { belongs, type LineList, NO_FILTER, receiptOf, unreadOf, withChanges } from '../src/live/lines';

const ME = 'me';

function line(uuid: string, minute: number, more: Partial<Line> = {}): Line {
  const at = `2026-11-20T10:${String(minute).padStart(2, '0')}:00+00:00`;
  return {
    uuid,
    state: 'open',
    handler: 'seller',
    taggable_type: null,
    taggable_info: null,
    last_message_text: 'hola',
    last_message_at: at,
    is_archived: false,
    created_at: at,
    updated_at: at,
    last_seq: 1,
    answered_seq: 1,
    awaiting_reply: false,
    participants: [],
    assignee: { uuid: ME, name: 'Me', avatar: null },
    contact: { uuid: 'c', name: null, email: null, phone: null, identity: 'anonymous' },
    locale: 'es',
    lead_quality: null,
    lead_score: null,
    outcome: null,
    tags: [],
    waiting_since: null,
    snoozed_until: null,
    handoff_reason: null,
    handoff_summary: null,
    rating: null,
    ...more,
  };
}

const list = (lines: Line[], next: string | null = null): LineList => ({ lines, next });
const ids = (l: LineList): string => l.lines.map((x) => x.uuid).join('');

describe('a list that events change', () => {
  const three = list([line('c', 30), line('b', 20), line('a', 10)]);

  it('is the same object when nothing in it changed', () => {
    const other = line('z', 40, { assignee: { uuid: 'them', name: null, avatar: null } });
    expect(withChanges(three, NO_FILTER, [other, { uuid: 'y', gone: true }], ME)).toBe(three);
  });

  it('moves what was written in to the top, and keeps the other lines as they are', () => {
    const after = withChanges(three, NO_FILTER, [line('a', 40)], ME);
    expect(ids(after)).toBe('acb');
    expect(after.lines[1]).toBe(three.lines[0]);
  });

  it('takes in what newly belongs and drops what does not any more', () => {
    expect(ids(withChanges(three, NO_FILTER, [line('d', 25)], ME))).toBe('cdba');
    const given = line('b', 50, { assignee: { uuid: 'them', name: null, avatar: null } });
    expect(ids(withChanges(three, NO_FILTER, [given], ME))).toBe('ca');
    expect(ids(withChanges(three, NO_FILTER, [{ uuid: 'c', gone: true }], ME))).toBe('ba');
  });

  it('leaves what lies beyond the loaded part to its page', () => {
    const paged = list([line('c', 30), line('b', 20)], 'cursor');
    expect(withChanges(paged, NO_FILTER, [line('a', 10)], ME)).toBe(paged);
    expect(ids(withChanges(paged, NO_FILTER, [line('a', 25)], ME))).toBe('cab');
  });

  it('does not let an event that was overtaken bring back what was', () => {
    const now = list([line('a', 10, { updated_at: '2026-11-20T11:00:00+00:00', lead_quality: 'hot' })]);
    const late = line('a', 10, { updated_at: '2026-11-20T10:59:00+00:00' });
    expect(withChanges(now, NO_FILTER, [late], ME).lines[0]!.lead_quality).toBe('hot');
  });

  it('puts who waits longest first when asked to', () => {
    const filter = { ...NO_FILTER, view: 'all', sort: 'waiting' } as const;
    const early = line('a', 50, { waiting_since: '2026-11-20T09:00:00+00:00' });
    const late = line('b', 40, { waiting_since: '2026-11-20T09:30:00+00:00' });
    const waiting = withChanges(list([]), filter, [late, early, line('c', 55)], ME);
    expect(ids(waiting)).toBe('ab');
    expect(ids(withChanges(waiting, filter, [line('a', 56)], ME))).toBe('b');
  });
});

describe('which list a line is in', () => {
  it('follows the view', () => {
    const queued = line('q', 1, { handler: 'queue', state: 'waiting', assignee: null });
    const bot = line('x', 1, { handler: 'assistant', state: 'bot', assignee: null });
    const closed = line('y', 1, { handler: 'assistant', state: 'closed', assignee: null });
    const all = [queued, bot, closed, line('m', 1)];
    const shown = (view: 'mine' | 'unassigned' | 'bot' | 'all'): string =>
      all
        .filter((l) => belongs(l, { ...NO_FILTER, view }, ME))
        .map((l) => l.uuid)
        .join('');
    expect([shown('mine'), shown('unassigned'), shown('bot'), shown('all')]).toEqual(['m', 'q', 'x', 'qxym']);
  });

  it('is unknown where the text of messages decides', () => {
    expect(belongs(line('a', 1), { ...NO_FILTER, text: 'corolla' }, ME)).toBeNull();
    const searched = list([line('a', 1)]);
    const filter = { ...NO_FILTER, text: 'corolla' };
    expect(ids(withChanges(searched, filter, [line('b', 2)], ME))).toBe('a');
    expect(ids(withChanges(searched, filter, [line('a', 3)], ME))).toBe('a');
  });
});

describe('what a row says', () => {
  const pivot = (unread_count: number) => ({ unread_count, last_read_at: null, joined_at: '' });
  it('counts what this member of the staff has not read', () => {
    const one = line('a', 1, {
      participants: [{ uuid: ME, name: '', email: null, type: 'staff', pivot: pivot(3) }],
    });
    expect([unreadOf(one, ME), unreadOf(one, 'them')]).toEqual([3, 0]);
  });

  it('ticks only where the last word was ours', () => {
    const visitor = (unread: number) => [
      { uuid: 'v', name: '', email: null, type: 'visitor' as const, pivot: pivot(unread) },
    ];
    expect(receiptOf(line('a', 1, { participants: visitor(0) }))).toBe('read');
    expect(receiptOf(line('a', 1, { participants: visitor(1) }))).toBe('sent');
    expect(receiptOf(line('a', 1, { participants: visitor(0), waiting_since: '2026' }))).toBeNull();
  });
});
