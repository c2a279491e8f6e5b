// Three languages, complete: a key that one of them lacks does not compile. Dates and numbers by Intl.

import en from '../../locales/en.json';
import es from '../../locales/es.json';
import pt from '../../locales/pt.json';

export type Catalog = typeof es;
export type Key = keyof Catalog;
export type Locale = 'es' | 'en' | 'pt';

const CATALOGS: Record<Locale, Catalog> = { es, en, pt };
/** A pseudo-locale, as translators use it: English words, laid out from right to left. */
const MIRRORED = /^en-XB$/i;

export interface Speech {
  locale: Locale;
  /** For `lang`, Intl and the server: the region that was asked for, where there is one. */
  tag: string;
  dir: 'ltr' | 'rtl';
  t: (key: Key, values?: Record<string, string | number>) => string;
}

/** The first wish that we speak; a language tag's region is kept. */
export function speech(wishes: readonly (string | null | undefined)[], fallback: Locale = 'es'): Speech {
  for (const wish of wishes) {
    const base = wish?.slice(0, 2).toLowerCase();
    if (wish && isLocale(base) && /^[a-z]{2}([-_][a-z0-9]+)*$/i.test(wish))
      return speak(base, wish.replace(/_/g, '-'));
  }
  return speak(fallback, fallback);
}

const isLocale = (value: string | undefined): value is Locale =>
  value === 'es' || value === 'en' || value === 'pt';

function speak(locale: Locale, tag: string): Speech {
  const catalog = CATALOGS[locale];
  const mirrored = MIRRORED.test(tag);
  return {
    locale,
    tag: mirrored ? 'en' : tag,
    dir: mirrored ? 'rtl' : 'ltr',
    t: (key, values) => fill(catalog[key], values),
  };
}

function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(tag: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag + name;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(tag, options)));
  return made;
}

export const timeOf = (tag: string, at: Date): string =>
  format(tag, 't', { hour: 'numeric', minute: '2-digit' }).format(at);

export const dayKey = (at: Date): string => `${at.getFullYear()}-${at.getMonth()}-${at.getDate()}`;

/** "Today", "Yesterday", or the date; the year only where it is another one. */
export function dayOf(speaks: Speech, at: Date, now: Date): string {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (dayKey(at) === dayKey(now)) return speaks.t('today');
  if (dayKey(at) === dayKey(yesterday)) return speaks.t('yesterday');
  return at.getFullYear() === now.getFullYear()
    ? format(speaks.tag, 'd', { weekday: 'long', day: 'numeric', month: 'long' }).format(at)
    : format(speaks.tag, 'y', { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

export function money(tag: string, amount: number, currency: string | undefined): string {
  try {
    return new Intl.NumberFormat(tag, {
      maximumFractionDigits: Number.isInteger(amount) ? 0 : 2,
      ...(currency ? { style: 'currency', currency } : {}),
    }).format(amount);
  } catch {
    return String(amount);
  }
}
