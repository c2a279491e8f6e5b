// The words of one screen, fetched with it: what few people open must not weigh on everybody's first load.

import { useCallback } from 'react';
import { type Locale, useSpeech } from '.';

type Words = Readonly<Record<string, string>>;

/** `const useWords = screenWords({ es, en, pt })`; in a component, `const w = useWords()` and `w('key', { name })`. */
export function screenWords<W extends Words>(catalogs: { readonly [L in Locale]: W }) {
  return function useWords() {
    const { locale } = useSpeech();
    return useCallback(
      (key: keyof W & string, values: Record<string, string | number> = {}): string =>
        catalogs[locale][key]!.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all)),
      [locale],
    );
  };
}
