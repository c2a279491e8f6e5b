// Times, days, spans and prices, by Intl. Everything is in the reader's own time zone.

export interface Formats {
  tag: string;
  time: (at: Date) => string;
  day: (at: Date, now?: Date) => string;
  dateTime: (at: Date) => string;
  /** "hace 2 min", "in 3 h": short, for rows. */
  ago: (at: Date, now?: Date) => string;
  money: (amount: number, currency?: string) => string;
  number: (value: number) => string;
  languageName: (code: string) => string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function formats(tag: string): Formats {
  const time = new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' });
  const full = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const thisYear = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' });
  const otherYear = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric' });
  const short = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'narrow' });
  const words = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const names = new Intl.DisplayNames(tag, { type: 'language', fallback: 'code' });
  const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(tag) + text.slice(1);

  return {
    tag,
    time: (at) => time.format(at),
    dateTime: (at) => full.format(at),
    day(at, now = new Date()) {
      const days = daysBetween(at, now);
      if (days === 0 || days === -1) return capital(words.format(days, 'day'));
      return capital((at.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(at));
    },
    ago(at, now = new Date()) {
      const passed = at.getTime() - now.getTime();
      const size = Math.abs(passed);
      if (size < MINUTE) return words.format(0, 'second');
      if (size < HOUR) return relative.format(Math.trunc(passed / MINUTE), 'minute');
      if (size < DAY) return relative.format(Math.trunc(passed / HOUR), 'hour');
      if (size < 7 * DAY) return relative.format(Math.trunc(passed / DAY), 'day');
      return short.format(at);
    },
    money: (amount, currency) => money(tag, amount, currency),
    number: (value) => new Intl.NumberFormat(tag).format(value),
    languageName: (code) => capital(names.of(code) ?? code),
  };
}

function daysBetween(at: Date, now: Date): number {
  const midnight = (d: Date): number => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  return Math.round((midnight(at) - midnight(now)) / DAY);
}

function money(tag: string, amount: number, currency?: string): string {
  try {
    return new Intl.NumberFormat(tag, {
      maximumFractionDigits: Number.isInteger(amount) ? 0 : 2,
      ...(currency ? { style: 'currency', currency } : {}),
    }).format(amount);
  } catch {
    return String(amount);
  }
}
