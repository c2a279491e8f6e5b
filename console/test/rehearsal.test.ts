import { describe, expect, it } from 'vitest';
import type { Rehearsal } from '../src/screens/assistant/playground-types';
import { heard as heardOne, told } from '../src/screens/assistant/playground-state';
import { difference } from '../src/screens/assistant/replay-difference';
import { heard, IDLE, type Turn, verdictOf } from '../src/screens/assistant/replay-state';

const given = (text: string) => ({ text, handoff: null }) as Rehearsal;
const turn = (original: string | null, now: string, more: Partial<Turn> = {}): Turn => ({
  turn: 1,
  asked: '¿Precio?',
  original,
  original_by: original === null ? null : 'assistant',
  original_seq: original === null ? null : 2,
  reply: given(now),
  ...more,
});

describe('what two replies have in common', () => {
  it('marks the words that only one side has, and gives each text back whole', () => {
    const { then, now, alike } = difference('Con gusto te ayudo hoy.', 'Con gusto le ayudo.');
    expect(then.filter((run) => run.changed).map((run) => run.text)).toEqual(['te ', 'hoy']);
    expect(now.filter((run) => run.changed).map((run) => run.text)).toEqual(['le ']);
    expect(then.map((run) => run.text).join('')).toBe('Con gusto te ayudo hoy.');
    expect(alike).toBeCloseTo(8 / 11);
  });

  it('counts no spaces, and gives up on nothing', () => {
    expect(difference('a  b\n', 'a b').alike).toBe(1);
    expect(difference('', '').alike).toBe(1);
    expect(difference('', 'a').now).toEqual([{ text: 'a', changed: true }]);
    const long = 'x '.repeat(5000);
    expect(
      difference(long, long)
        .now.map((run) => run.text)
        .join(''),
    ).toBe(long);
  });

  it('says what became of a turn', () => {
    expect(verdictOf(turn('Hola. ', 'Hola.'))).toBe('same');
    expect(verdictOf(turn('Hola.', 'Buenas.'))).toBe('other');
    expect(verdictOf(turn(null, 'Hola.'))).toBe('unanswered');
    expect(verdictOf(turn('Hola.', 'Hola.', { original_by: 'seller' }))).toBe('person');
    const calls = { text: 'Ya llamo.', handoff: 'visitor_request' } as Rehearsal;
    expect(verdictOf(turn('Ya llamo.\n\nAhora no hay nadie.', '', { reply: calls }))).toBe('same');
    expect(verdictOf(turn('Ya llamo.\n\nAhora no hay nadie.', 'Ya llamo.'))).toBe('other');
    expect(verdictOf(turn('Hola.', '', { failed: {} }))).toBe('failed');
  });
});

describe('a replay', () => {
  it('gives each reply to its turn', () => {
    const { reply: _, ...asked } = turn('Hola.', '');
    const events = [
      { event: 'begin', turns: 2, skipped: 3 },
      { event: 'turn', ...asked },
      { event: 'reply', ...given('Buenas.'), turn: 1 },
      { event: 'turn', ...asked, turn: 2 },
      { event: 'failed', turn: 2, name: 'v1' },
    ] as const;
    const run = events.reduce(heard, IDLE);
    expect([run.turns, run.skipped]).toEqual([2, 3]);
    expect(run.done.map(verdictOf)).toEqual(['other', 'failed']);
  });
});

describe('a conversation that is tried out', () => {
  it('goes on from what a side finished saying, and from nothing else', () => {
    const exchanges = [
      { asked: 'Hola', attempts: [{ state: 'done' as const, text: 'Buenas' }] },
      { asked: '¿Precio?', attempts: [{ state: 'stopped' as const, text: 'Cues' }] },
      { asked: '¿Y?', attempts: [{ state: 'writing' as const, text: '' }] },
    ];
    expect(told(exchanges, 0)).toEqual([
      { author: 'visitor', text: 'Hola' },
      { author: 'assistant', text: 'Buenas' },
      { author: 'visitor', text: '¿Precio?' },
      { author: 'visitor', text: '¿Y?' },
    ]);
  });

  it('forgets what was begun before a restart', () => {
    const events = [
      { event: 'delta', text: 'Mal' },
      { event: 'restarted' },
      { event: 'delta', text: 'Bien' },
    ] as const;
    const start = { state: 'writing', text: '' } as const;
    expect(events.reduce(heardOne, start).text).toBe('Bien');
  });
});
