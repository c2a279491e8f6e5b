// Three languages, complete: a key that one of them lacks does not build. A language is fetched when it is spoken.

import { createContext, type ReactNode, use, useMemo } from 'react';
import type { words as Spanish } from './es';
import type { Formats } from './formats';
import { formats } from './formats';

export type Catalog = { readonly [K in keyof typeof Spanish]: string };
export type Key = keyof Catalog;
export type Locale = 'es' | 'en' | 'pt';
export const LOCALES: readonly Locale[] = ['es', 'en', 'pt'];
export const LOCALE_NAMES: Record<Locale, string> = { es: 'Español', en: 'English', pt: 'Português' };

export interface Speech extends Formats {
  locale: Locale;
  t: (key: Key, values?: Record<string, string | number>) => string;
  /** The text of `${key}_one` or `${key}_many`, with {count} filled in. */
  n: (key: Counted, count: number) => string;
}

type Counted = { [K in Key]: K extends `${infer Base}_many` ? Base : never }[Key];

const LOADERS: Record<Locale, () => Promise<{ words: Catalog }>> = {
  es: () => import('./es'),
  en: () => import('./en'),
  pt: () => import('./pt'),
};
const WISH = 'talia.staff.locale';

export const isLocale = (value: unknown): value is Locale =>
  value === 'es' || value === 'en' || value === 'pt';

/** The language that was chosen here, else the first of the browser's that we speak. */
export function preferredLocale(): Locale {
  const wishes = [localStorage.getItem(WISH), ...navigator.languages];
  return wishes.map((wish) => wish?.slice(0, 2)).find(isLocale) ?? 'es';
}

export async function loadCatalog(locale: Locale): Promise<Catalog> {
  return (await LOADERS[locale]()).words;
}

export function rememberLocale(locale: Locale): void {
  localStorage.setItem(WISH, locale);
}

const SpeechContext = createContext<Speech | null>(null);

export function SpeechProvider(props: { locale: Locale; catalog: Catalog; children: ReactNode }) {
  const speech = useMemo(() => speak(props.locale, props.catalog), [props.locale, props.catalog]);
  return <SpeechContext value={speech}>{props.children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (!speech) throw new Error('useSpeech outside SpeechProvider');
  return speech;
}

export function speak(locale: Locale, catalog: Catalog): Speech {
  const t = (key: Key, values: Record<string, string | number> = {}): string =>
    catalog[key].replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
  return {
    locale,
    t,
    n: (key, count) => t(count === 1 ? `${key}_one` : `${key}_many`, { count }),
    ...formats(regional(locale)),
  };
}

/** Dates and prices as where the reader lives, when the browser tells. */
function regional(locale: Locale): string {
  return navigator.languages.find((tag) => tag.slice(0, 2) === locale) ?? locale;
}
