// What the screen shows, as one value; who wants to know when it changes; and what is worth hearing.

import type { WireMessage } from '../generated/events';
import type { Item } from '../shared/protocol';
import { type Chat, EMPTY, lastSeq } from './chat';
import { type Speech, speech } from './i18n';
import type { Pending } from './outbox';
import { type Contact, NOBODY, type SiteInfo } from './site';
import { resolveTheme, type Theme } from './theme';

export interface View {
  phase: 'idle' | 'loading' | 'ready' | 'failed' | 'refused' | 'blocked';
  net: 'live' | 'connecting' | 'offline';
  open: boolean;
  full: boolean;
  speech: Speech;
  theme: Theme;
  site: SiteInfo | null;
  chat: Chat;
  pending: readonly Pending[];
  older: 'none' | 'more' | 'loading';
  contact: Contact;
  item: Item | null;
  form: 'hidden' | 'open' | 'saving' | 'saved' | 'skipped';
  /** The form stands after the message with this `seq`: what comes later, comes below it. */
  formAt: number;
  sound: boolean;
  hint: 'slow_down' | 'erased' | null;
  /** What the page wants the composer to say; the number grows with each wish. */
  prefill: { text: string; serial: number };
}

export type Signal =
  | { kind: 'message'; message: WireMessage }
  | { kind: 'running'; text: string }
  | { kind: 'say'; text: string }
  | { kind: 'reset' };

export class Store {
  view: View;
  private readonly watchers = new Set<(before: View) => void>();
  private readonly listeners = new Set<(signal: Signal) => void>();

  constructor(sound: boolean) {
    this.view = {
      phase: 'idle',
      net: 'connecting',
      open: false,
      full: false,
      speech: speech([]),
      theme: resolveTheme([], false, () => undefined),
      site: null,
      chat: EMPTY,
      pending: [],
      older: 'none',
      contact: NOBODY,
      item: null,
      form: 'hidden',
      formAt: 0,
      sound,
      hint: null,
      prefill: { text: '', serial: 0 },
    };
  }

  set(change: Partial<View>): void {
    const before = this.view;
    this.view = { ...before, ...change };
    if (change.form === 'open' && (before.form === 'hidden' || before.form === 'skipped')) {
      this.view.formAt = lastSeq(this.view.chat);
    }
    this.watchers.forEach((watcher) => watcher(before));
  }

  watch(watcher: (before: View) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  listen(listener: (signal: Signal) => void): void {
    this.listeners.add(listener);
  }

  signal(signal: Signal): void {
    this.listeners.forEach((listener) => listener(signal));
  }
}
