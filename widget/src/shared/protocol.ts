// What the host page's loader and the panel's frame say to each other. Types only: nothing here costs a byte.
// Every message is an Envelope; both sides check the origin, the source and the channel before they read it.

export const CHANNEL = 'talia/1';

/** What the page is about: seed 000's vehicle, seed 001's taggable. */
export interface Item {
  type?: string;
  id?: string;
  title: string;
  price?: number;
  currency?: string;
  image?: string;
  url?: string;
  facts?: string[];
}

export interface PageInfo {
  url: string;
  title: string;
  referrer?: string | undefined;
  /** Where this visit began: campaign parameters are read from it, even when the chat opens pages later. */
  landing?: { url: string; title?: string; referrer?: string | undefined };
}

export interface Appearance {
  accent?: string;
  accentText?: string;
  position?: 'bottom-right' | 'bottom-left';
  theme?: 'light' | 'dark' | 'auto';
  title?: string;
  subtitle?: string;
  logo?: string;
}

/** What the visitor's browser keeps of a session, in the host page's first-party storage. */
export interface Session {
  token: string;
  id: string;
}

export interface Boot {
  session: Session | null;
  /** As the site owner asked for it; the panel chooses among the languages it speaks. */
  locales: string[];
  appearance: Appearance;
  page: PageInfo;
  item: Item | null;
  open: boolean;
  full: boolean;
}

export type ToPanel =
  | ({ type: 'boot' } & Boot)
  | { type: 'open'; open: boolean; full: boolean }
  | { type: 'session'; session: Session | null }
  | { type: 'page'; page: PageInfo; item: Item | null }
  | { type: 'appearance'; appearance: Appearance; locales: string[] }
  | { type: 'call'; name: string; args: unknown[] };

export interface LauncherLook {
  accent: string;
  text: string;
  position: 'bottom-right' | 'bottom-left';
  dark: boolean;
  label: string;
  unreadLabel: string;
}

export type ToHost =
  | { type: 'ready' }
  | { type: 'close'; focus: boolean }
  | { type: 'wake' }
  | { type: 'session'; session: Session | null }
  | { type: 'look'; look: LauncherLook }
  | { type: 'unread'; count: number }
  | { type: 'event'; name: EventName; detail: unknown };

export type EventName =
  'ready' | 'open' | 'close' | 'unread' | 'message' | 'lead' | 'consent' | 'handoff' | 'error';

export interface Envelope<M> {
  channel: typeof CHANNEL;
  to: 'panel' | 'host';
  message: M;
}
