// Business hours as a form holds them: every day has a list, which may be empty.

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];
/** Begin and end, `09:00`; an end that is not after its begin is on the next day. */
export type Interval = [string, string];

export interface BusinessHours {
  /** A day that is not there is shut; null: always open. */
  intervals: Partial<Record<Day, Interval[]>> | null;
  dates_off: string[];
  accept_seconds: number;
  reply_seconds: number;
  next_reply_seconds: number;
  promise_seconds: number;
}

export interface HoursForm {
  always: boolean;
  days: Record<Day, Interval[]>;
  datesOff: string[];
}

const USUAL: Interval = ['09:00', '18:00'];

/** Midnight at the end of a day is written 24:00 or 00:00, which means the same: a time field knows only one of them. */
const inField = (time: string): string => (time === '24:00' ? '00:00' : time);

export function formOf({ intervals, dates_off }: BusinessHours): HoursForm {
  const list = (day: Day): Interval[] => (intervals?.[day] ?? []).map(([a, b]) => [inField(a), inField(b)]);
  return {
    always: intervals === null,
    days: Object.fromEntries(DAYS.map((day) => [day, list(day)])) as HoursForm['days'],
    datesOff: [...dates_off].sort(),
  };
}

export function hoursOf(form: HoursForm, before: BusinessHours): BusinessHours {
  const open = DAYS.filter((day) => form.days[day].length);
  return {
    ...before,
    intervals: form.always ? null : Object.fromEntries(open.map((day) => [day, form.days[day]])),
    dates_off: form.datesOff,
  };
}

/** A further shift on a day: after the last one, or the usual one of a day that had none. */
export function nextShift(shifts: readonly Interval[]): Interval {
  const last = shifts.at(-1);
  if (!last) return [...USUAL];
  const hour = Number(last[1].slice(0, 2));
  const at = (h: number): string => `${String(Math.min(23, h)).padStart(2, '0')}:00`;
  return [at(hour + 1), at(hour + 4)];
}

/** Shifts of one day that overlap: the server would read them as one. */
export function overlaps(shifts: readonly Interval[]): boolean {
  const spans = shifts
    .map(
      ([from, to]) =>
        [minutes(from), minutes(to) > minutes(from) ? minutes(to) : minutes(to) + 1440] as const,
    )
    .sort((a, b) => a[0] - b[0]);
  return spans.some((span, i) => i > 0 && span[0] < spans[i - 1]![1]);
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
