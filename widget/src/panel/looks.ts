// Keeps the theme, the language and the launcher in step with what the site and the page ask for.

import type { ThemeError } from '../shared/colour';
import type { Appearance } from '../shared/protocol';
import { unreadCount } from './chat';
import type { Host } from './host';
import { speech } from './i18n';
import type { Store } from './store';
import { resolveTheme } from './theme';

export class Looks {
  private page: Appearance = {};
  private locales: readonly string[] = [];
  private unread = -1;
  private complaint = '';

  constructor(
    private readonly store: Store,
    private readonly host: Host,
  ) {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.refresh());
    store.watch((before) => {
      const { view } = store;
      if (before.site !== view.site) this.refresh();
      if (before.open !== view.open) this.tell();
      if (before.chat !== view.chat) this.count();
    });
  }

  follow(page: Appearance, locales: readonly string[]): void {
    this.page = page;
    this.locales = locales;
    this.refresh();
  }

  setLocale(locale: string): void {
    this.follow(this.page, [locale, ...this.locales]);
  }

  private refresh(): void {
    const { site } = this.store.view;
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const theme = resolveTheme([site?.appearance ?? {}, this.page], dark, (error) => this.complain(error));
    this.store.set({ theme, speech: speech(this.locales, site?.locale) });
    this.tell();
  }

  private complain(error: ThemeError): void {
    if (this.complaint === error.message) return;
    this.complaint = error.message;
    console.error('talia: ' + error.message);
    this.host.emit('error', { code: error.code, message: error.message });
  }

  private count(): void {
    const count = unreadCount(this.store.view.chat);
    if (count === this.unread) return;
    this.unread = count;
    this.host.tell({ type: 'unread', count });
    this.tell();
    this.host.emit('unread', { count });
  }

  private tell(): void {
    const { theme, speech: speaks, open, chat } = this.store.view;
    const count = unreadCount(chat);
    this.host.tell({
      type: 'look',
      look: {
        accent: theme.accent,
        text: theme.text,
        position: theme.position,
        dark: theme.dark,
        label: speaks.t(open ? 'close_chat' : 'open_chat'),
        unreadLabel: count ? speaks.t(count === 1 ? 'unread_one' : 'unread_many', { count }) : '',
      },
    });
  }
}
