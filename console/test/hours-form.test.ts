// Business hours in a form and back: what was not touched stays what it was.

import { expect, test } from 'vitest';
import { type BusinessHours, formOf, hoursOf, nextShift, overlaps } from '../src/screens/team/hours-form';

const HOURS: BusinessHours = {
  intervals: { mon: [['09:00', '13:00']], sat: [['20:00', '24:00']] },
  dates_off: ['2027-01-06', '2026-12-25'],
  accept_seconds: 120,
  reply_seconds: 600,
  next_reply_seconds: 900,
  promise_seconds: 14_400,
};

test('goes through a form and comes back, midnight in the way a time field writes it', () => {
  expect(hoursOf(formOf(HOURS), HOURS)).toEqual({
    ...HOURS,
    intervals: { mon: [['09:00', '13:00']], sat: [['20:00', '00:00']] },
    dates_off: ['2026-12-25', '2027-01-06'],
  });
});

test('always open has no intervals, and a week without any is shut', () => {
  const always = { ...HOURS, intervals: null };
  expect(hoursOf(formOf(always), always).intervals).toBeNull();
  expect(hoursOf({ ...formOf(always), always: false }, always).intervals).toEqual({});
});

test('shifts that overlap are found, past midnight too', () => {
  const [morning, afternoon] = [
    ['09:00', '13:00'] as [string, string],
    ['13:00', '19:00'] as [string, string],
  ];
  expect(overlaps([afternoon, morning])).toBe(false);
  expect(overlaps([morning, ['12:59', '19:00']])).toBe(true);
  expect(
    overlaps([
      ['18:00', '02:00'],
      ['23:00', '23:30'],
    ]),
  ).toBe(true);
});

test('a further shift comes after the last one', () => {
  expect(nextShift([])).toEqual(['09:00', '18:00']);
  expect(nextShift([['09:00', '13:00']])).toEqual(['14:00', '17:00']);
});
