// What POST /sessions and its neighbours answer, as far as the panel uses it.

import type { Appearance } from '../shared/protocol';
import type { Locale } from './i18n';

export type Purpose = 'chat' | 'contact' | 'marketing';

export interface SiteInfo {
  name: string;
  locale: Locale;
  assistant: string;
  greeting: Partial<Record<Locale, string>>;
  quick_replies: Partial<Record<Locale, readonly string[]>>;
  consents: { version: string; texts: Record<Purpose, Partial<Record<Locale, string>>> };
  appearance?: Appearance;
  /** Origins whose pictures may be shown in cards: the site's own. */
  images?: readonly string[];
}

export interface Contact {
  name: string | null;
  email: string | null;
  phone: string | null;
  identity: 'anonymous' | 'claimed' | 'verified';
  consents: readonly Purpose[];
}

export const NOBODY: Contact = { name: null, email: null, phone: null, identity: 'anonymous', consents: [] };

export interface Opened {
  session_id: string;
  token: string | null;
  last_seq: number;
  site: SiteInfo;
  contact?: Contact | null;
}

export interface Identified {
  session_id: string;
  /** A new one when the verified person's conversation is another one; else null. */
  token: string | null;
  identity: Contact['identity'];
}
