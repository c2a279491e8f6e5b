import { createContext, use } from 'react';
import type { Locale } from '../i18n';

/** Switches the console's language; resolves when it is spoken. */
export const LanguageContext = createContext<(locale: Locale) => Promise<void>>(async () => undefined);
export const useLanguage = (): ((locale: Locale) => Promise<void>) => use(LanguageContext);
