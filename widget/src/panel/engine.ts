// What happens, in what order: the only place that knows the API, the stream, the outbox and the host page together.
// The screen renders `view` and calls methods; it decides nothing.

import type { TaliaEvent, WireMessage } from '../generated/events';
import type { ThemeError } from '../shared/colour';
import type { Boot, EventName, Item, PageInfo, Session, ToPanel } from '../shared/protocol';
import { api, ApiError, type Call } from './api';
import { backoff } from './backoff';
import { apply, type Chat, EMPTY, type HistoryPage, unreadCount, withHistory } from './chat';
import { Host } from './host';
import { type Speech, speech } from './i18n';
import { load, save } from './keep';
import { Outbox, type Outcome, type Pending } from './outbox';
import { type Contact, type Identified, NOBODY, type Opened, type Purpose, type SiteInfo } from './site';
import { firstEvent, LiveStream } from './stream';
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
  sound: boolean;
  hint: 'slow_down' | 'erased' | null;
  /** Grows when somebody else wants the composer to say something: prefill. */
  prefill: { text: string; serial: number };
}

export type Signal = { kind: 'message'; message: WireMessage } | { kind: 'running'; text: string } | { kind: 'reset' };

const PAGE = 60;
const SOUND = 'talia:sound';

export class Engine {
  view: View;
  private readonly call: Call;
  private readonly host: Host;
  private readonly stream: LiveStream;
  private readonly outbox: Outbox;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<(signal: Signal) => void>();
  private session: Session | null = null;
  private page: PageInfo = { url: '', title: '' };
  private boot: Boot | null = null;
  private starting: Promise<void> | null = null;
  private reading: ReturnType<typeof setTimeout> | undefined;
  private typedAt = 0;
  private reportedTheme = '';

  constructor(
    private readonly key: string,
    origin: string,
  ) {
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
      sound: load(SOUND, false),
      hint: null,
      prefill: { text: '', serial: 0 },
    };
    this.call = api(key);
    this.host = new Host(origin, (message) => this.heard(message));
    this.stream = new LiveStream({
      call: this.call,
      token: () => this.session?.token ?? null,
      cursor: () => this.view.chat.cursor,
      event: (event, id) => this.happened(event, id),
      state: (net) => this.set({ net: navigator.onLine ? net : 'offline' }),
      refused: (error) => this.streamRefused(error),
    });
    this.outbox = new Outbox({
      send: (pending) => this.post(pending),
      changed: (pending) => {
        this.set({ pending });
        if (this.session) save(this.outboxKey(), pending.length ? pending : null);
      },
      pause: (attempt) => this.pause(backoff(attempt)),
    });
    addEventListener('online', () => this.online());
    addEventListener('offline', () => {
      this.set({ net: 'offline' });
      this.stream.drop();
    });
    document.addEventListener('visibilitychange', () => this.visibility());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.retheme());
    this.host.tell({ type: 'ready' });
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  listen(listener: (signal: Signal) => void): void {
    this.listeners.add(listener);
  }

  // --- what the visitor does

  send(text: string): void {
    const content = text.trim();
    if (!content) return;
    this.typedAt = 0;
    this.set({ hint: null });
    this.outbox.add(content, Date.now());
    if (this.view.phase === 'idle') void this.start();
  }

  retry(id: string): void {
    this.outbox.retry(id);
  }

  close(): void {
    this.host.tell({ type: 'close', focus: true });
  }

  typing(): void {
    const now = Date.now();
    if (now - this.typedAt < 4000 || !this.session || this.view.chat.handler === 'assistant') return;
    this.typedAt = now;
    this.quietly('POST', '/typing', { active: true });
  }

  /** Everything on the screen has been seen. */
  seen(): void {
    const { chat } = this.view;
    const last = chat.messages[chat.messages.length - 1]?.seq ?? 0;
    if (last <= chat.readSeq || document.hidden || !this.view.open) return;
    this.set({ chat: { ...chat, readSeq: last } });
    clearTimeout(this.reading);
    this.reading = setTimeout(() => this.quietly('POST', '/read', { up_to_seq: last }), 400);
  }

  async older(): Promise<void> {
    const first = this.view.chat.messages[0];
    if (this.view.older !== 'more' || !first || !this.session) return;
    this.set({ older: 'loading' });
    try {
      const page = await this.history(`before=${first.seq}&limit=${PAGE}`);
      this.set({ chat: withHistory(this.view.chat, page, false), older: page.has_more ? 'more' : 'none' });
    } catch {
      this.set({ older: 'more' });
    }
  }

  async person(): Promise<void> {
    if (this.view.chat.handler !== 'assistant') return;
    try {
      await this.call('POST', '/handoff', { body: {}, token: this.session?.token ?? null });
      this.set({ chat: { ...this.view.chat, handler: 'queue' } });
    } catch (error) {
      this.report(error);
    }
    this.offerForm();
  }

  showForm(form: 'open' | 'skipped'): void {
    this.set({ form });
  }

  /** Returns the fields that are wrong, or null when it is stored. */
  async saveContact(
    values: { name: string; email: string; phone: string },
    marketing: boolean,
  ): Promise<readonly string[] | null> {
    this.set({ form: 'saving' });
    const purposes: Purpose[] = marketing ? ['contact', 'marketing'] : ['contact'];
    try {
      await this.call('POST', '/contact', {
        token: this.session?.token ?? null,
        body: {
          ...Object.fromEntries(Object.entries(values).filter(([, value]) => value)),
          consents: purposes.map((purpose) => this.consent(purpose, true)),
        },
      });
    } catch (error) {
      this.set({ form: 'open' });
      const fields = error instanceof ApiError ? error.fields.map((f) => f.field) : [];
      return fields.length ? fields : ['form'];
    }
    const { contact } = this.view;
    this.set({
      form: 'saved',
      contact: {
        name: values.name || contact.name,
        email: values.email || contact.email,
        phone: values.phone || contact.phone,
        identity: contact.identity === 'verified' ? 'verified' : 'claimed',
        consents: [...new Set([...contact.consents, ...purposes])],
      },
    });
    this.emit('lead', { fields: Object.keys(values).filter((k) => values[k as keyof typeof values]) });
    purposes.forEach((purpose) => this.emit('consent', { purpose, granted: true }));
    return null;
  }

  async setConsent(purpose: Purpose, granted: boolean): Promise<void> {
    try {
      await this.call('POST', '/consent', {
        token: this.session?.token ?? null,
        body: this.consent(purpose, granted),
      });
    } catch (error) {
      return this.report(error);
    }
    const others = this.view.contact.consents.filter((p) => p !== purpose);
    this.set({ contact: { ...this.view.contact, consents: granted ? [...others, purpose] : others } });
    this.emit('consent', { purpose, granted });
  }

  async erase(): Promise<boolean> {
    try {
      await this.call('DELETE', '/session', { token: this.session?.token ?? null });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) return false;
    }
    await this.forget();
    this.set({ hint: 'erased' });
    return true;
  }

  setLocale(locale: string): void {
    if (this.boot) this.boot = { ...this.boot, locales: [locale, ...this.boot.locales] };
    this.retheme();
  }

  setSound(sound: boolean): void {
    save(SOUND, sound);
    this.set({ sound });
  }

  again(): void {
    void this.start();
  }

  // --- what the host page says

  private heard(message: ToPanel): void {
    switch (message.type) {
      case 'boot':
        this.boot = message;
        this.session = message.session;
        this.page = message.page;
        this.set({ open: message.open, full: message.full, item: message.item });
        this.retheme();
        if (message.session || message.open) void this.start();
        return;
      case 'open':
        this.set({ open: message.open, full: message.full });
        if (message.open) void this.start();
        return;
      case 'session':
        return this.otherSession(message.session);
      case 'page':
        this.page = message.page;
        return this.set({ item: message.item });
      case 'appearance':
        if (this.boot) this.boot = { ...this.boot, appearance: message.appearance, locales: message.locales };
        return this.retheme();
      case 'call':
        void this.command(message.name, message.args);
    }
  }

  private async command(name: string, args: unknown[]): Promise<void> {
    const [first, second] = args as [unknown, unknown];
    if (name === 'send' && typeof first === 'string') return this.send(first);
    if (name === 'prefill' && typeof first === 'string') {
      return this.set({ prefill: { text: first, serial: this.view.prefill.serial + 1 } });
    }
    await this.start();
    if (name === 'identify') return this.identify(first, second);
    if (name === 'setConsent') {
      for (const [purpose, granted] of Object.entries(first ?? {})) {
        if (['chat', 'contact', 'marketing'].includes(purpose)) {
          await this.setConsent(purpose as Purpose, granted === true);
        }
      }
    } else if (name === 'track' || name === 'setAttributes') {
      const body = name === 'track' ? { event: first, properties: second ?? {} } : { attributes: first };
      try {
        await this.call('POST', '/track', { token: this.session?.token ?? null, body });
      } catch (error) {
        this.report(error);
      }
    }
  }

  private async identify(user: unknown, options: unknown): Promise<void> {
    const token = (options as { token?: unknown } | undefined)?.token;
    try {
      const response = await this.call('POST', '/identify', {
        token: this.session?.token ?? null,
        body: { user: user ?? {}, ...(token === undefined ? {} : { token }) },
      });
      const found = (await response.json()) as Identified;
      if (found.token) {
        await this.host.keep({ token: found.token, id: found.session_id });
        await this.start();
      } else {
        this.set({ contact: { ...this.view.contact, identity: found.identity } });
      }
    } catch (error) {
      this.report(error);
    }
  }

  // --- the session

  /** Open or refresh the session, show its history, keep listening. Called again, it joins what is under way. */
  private start(): Promise<void> {
    if (this.view.phase === 'ready') {
      this.stream.start();
      return Promise.resolve();
    }
    this.starting ??= this.begin().finally(() => {
      this.starting = null;
    });
    return this.starting;
  }

  private async begin(): Promise<void> {
    this.set({ phase: this.view.phase === 'failed' ? 'failed' : 'loading' });
    for (let attempt = 0; ; attempt++) {
      try {
        await this.alone(() => this.open());
        const page = await this.history(`before=${2 ** 52}&limit=${PAGE}`);
        this.set({
          phase: 'ready',
          chat: withHistory({ ...EMPTY, cursor: page.cursor }, page, true),
          older: page.has_more ? 'more' : 'none',
        });
        break;
      } catch (error) {
        if (error instanceof ApiError && [401, 403, 404].includes(error.status)) {
          this.set({ phase: error.code === 'conversation.blocked' ? 'blocked' : 'refused' });
          return this.report(error);
        }
        this.set({ phase: 'failed', net: navigator.onLine ? 'connecting' : 'offline' });
        await this.pause(backoff(attempt));
      }
    }
    this.outbox.restore(load<Pending[]>(this.outboxKey(), []));
    this.stream.start();
    this.tellUnread();
    this.emit('ready', { session_id: this.session?.id });
  }

  /** One tab at a time, so that two that open together get one session and not two. */
  private async alone(work: () => Promise<void>): Promise<void> {
    if (!navigator.locks) return work();
    await navigator.locks.request(`talia:${this.key}`, work);
  }

  private async open(): Promise<void> {
    this.session = await this.host.recall();
    let opened: Opened;
    try {
      opened = await this.openSession();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'session.invalid_token') || !this.session) throw error;
      this.session = null;
      opened = await this.openSession();
    }
    const token = opened.token ?? this.session?.token;
    this.session = token ? { token, id: opened.session_id } : null;
    if (opened.token) await this.host.keep(this.session);
    this.set({ site: opened.site, contact: opened.contact ?? NOBODY });
    this.retheme();
  }

  private async openSession(): Promise<Opened> {
    const response = await this.call('POST', '/sessions', {
      token: this.session?.token ?? null,
      body: { locale: this.view.speech.tag, ...this.context() },
    });
    return (await response.json()) as Opened;
  }

  /** Another tab opened a session, or forgot this one. */
  private otherSession(session: Session | null): void {
    if (session?.token === this.session?.token) return;
    this.stream.stop();
    this.outbox.clear();
    this.session = session;
    this.set({ phase: 'idle', chat: EMPTY, contact: NOBODY, form: 'hidden', older: 'none' });
    this.listeners.forEach((listener) => listener({ kind: 'reset' }));
    this.tellUnread();
    if (session || this.view.open) void this.start();
  }

  private async forget(): Promise<void> {
    save(this.outboxKey(), null);
    await this.host.keep(null);
  }

  private streamRefused(error: ApiError): void {
    if (error.status === 403) {
      this.set({ phase: 'blocked' });
      return;
    }
    // The token is dead: erased from another device, or expired. The next request opens a new session.
    this.set({ phase: 'idle' });
    if (this.view.open) void this.start();
  }

  private async history(query: string): Promise<HistoryPage & { has_more: boolean }> {
    const path = `/history/${encodeURIComponent(this.session?.id ?? '')}?${query}`;
    const response = await this.call('GET', path, { token: this.session?.token ?? null });
    return (await response.json()) as HistoryPage & { has_more: boolean };
  }

  // --- messages

  private async post(pending: Pending): Promise<Outcome> {
    if (this.view.phase !== 'ready') await this.start();
    if (!this.session) return 'refused';
    try {
      const response = await this.call('POST', '/messages', {
        token: this.session.token,
        accept: 'text/event-stream',
        body: {
          session_id: this.session.id,
          content: pending.text,
          client_message_id: pending.id,
          locale: this.view.speech.tag,
          ...this.context(),
        },
      });
      // The answer comes on the live stream; this response only has to say that the message is stored.
      const event = await firstEvent(response);
      if (event?.type === 'chat.message.new') await this.happened(event, null);
    } catch (error) {
      return this.postFailed(error);
    }
    if (!this.view.contact.consents.includes('chat')) void this.setConsent('chat', true);
    return 'stored';
  }

  private async postFailed(error: unknown): Promise<Outcome> {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 429) {
      this.set({ hint: 'slow_down' });
      await this.pause(1000 * (error.retryAfter ?? 2));
      return 'later';
    }
    if (error.status === 401) {
      this.set({ phase: 'idle' });
      await this.start();
      return 'later';
    }
    if (error.code === 'conversation.blocked') this.set({ phase: 'blocked' });
    return error.status === 0 || error.status >= 500 ? 'later' : 'refused';
  }

  private async happened(event: TaliaEvent, id: string | null): Promise<void> {
    const before = this.view.chat;
    let chat = apply(before, event);
    if (id !== null) chat = { ...chat, cursor: id };
    if (chat.stale) {
      const page = await this.history(`before=${2 ** 52}&limit=${PAGE}`);
      chat = { ...withHistory(chat, page, true), cursor: id ?? chat.cursor };
      this.set({ older: page.has_more ? 'more' : 'none' });
    }
    const message = 'message' in event ? event.message : null;
    if (message?.client_message_id && message.author === 'visitor') this.outbox.confirm(message.client_message_id);
    this.set({ chat, ...(this.view.net === 'offline' ? {} : { net: 'live' }) });
    if (chat.running && chat.running !== before.running) {
      this.signal({ kind: 'running', text: chat.running.text });
    }
    if (message && !before.messages.some((m) => m.message_id === message.message_id)) this.arrived(message);
    if (event.type === 'chat.handoff.requested' || message?.context.text === 'handoff.requested') {
      if (before.handler === 'assistant') this.emit('handoff', {});
      this.offerForm();
    }
    if (event.type === 'chat.message.read' || message) this.tellUnread();
  }

  private arrived(message: WireMessage): void {
    this.signal({ kind: 'message', message });
    // The text stays in the frame: other scripts of the host page have no business with it.
    this.emit('message', { author: message.author, id: message.message_id, at: message.timestamps.created_at });
  }

  /** Only what is not known yet is asked for, and only once. */
  private offerForm(): void {
    const { contact, form } = this.view;
    const reachable = (contact.email || contact.phone) && contact.consents.includes('contact');
    if (form === 'hidden' && !reachable && contact.identity !== 'verified') this.set({ form: 'open' });
  }

  // --- surroundings

  private online(): void {
    this.set({ net: 'connecting' });
    this.stream.hurry();
    this.wakers.forEach((wake) => wake());
  }

  private visibility(): void {
    if (!document.hidden) {
      this.stream.hurry();
      if (this.view.phase === 'ready') this.stream.start();
      return;
    }
    // Browsers allow few connections to one server: of all hidden tabs, one keeps its stream for badge and sound.
    if (!navigator.locks || this.view.phase !== 'ready') return;
    void navigator.locks.request(`talia:hidden:${this.key}`, { ifAvailable: true }, async (lock) => {
      if (!lock) return document.hidden ? this.stream.stop() : undefined;
      await new Promise<void>((resolve) => {
        const shown = (): void => {
          if (document.hidden) return;
          document.removeEventListener('visibilitychange', shown);
          resolve();
        };
        document.addEventListener('visibilitychange', shown);
      });
    });
  }

  private readonly wakers = new Set<() => void>();

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wakers.delete(done);
        resolve();
      };
      const timer = setTimeout(() => {
        if (navigator.onLine) done();
      }, ms);
      this.wakers.add(done);
    });
  }

  private retheme(): void {
    if (!this.boot) return;
    const layers = [this.view.site?.appearance ?? {}, this.boot.appearance];
    const theme = resolveTheme(layers, matchMedia('(prefers-color-scheme: dark)').matches, (e) => this.badTheme(e));
    const speaks = speech(this.boot.locales, this.view.site?.locale);
    this.set({ theme, speech: speaks });
    this.tellLook();
  }

  private badTheme(error: ThemeError): void {
    if (this.reportedTheme === error.message) return;
    this.reportedTheme = error.message;
    console.error('talia: ' + error.message);
    this.emit('error', { code: error.code, message: error.message });
  }

  private tellLook(): void {
    const { theme, speech: speaks } = this.view;
    const count = unreadCount(this.view.chat);
    this.host.tell({
      type: 'look',
      look: {
        accent: theme.accent,
        text: theme.text,
        position: theme.position,
        dark: theme.dark,
        label: speaks.t(this.view.open ? 'close_chat' : 'open_chat'),
        unreadLabel: count ? speaks.t(count === 1 ? 'unread_one' : 'unread_many', { count }) : '',
      },
    });
  }

  private told = -1;

  private tellUnread(): void {
    const count = unreadCount(this.view.chat);
    if (count === this.told) return;
    this.told = count;
    this.host.tell({ type: 'unread', count });
    this.tellLook();
    this.emit('unread', { count });
  }

  private context(): { page?: PageInfo; item?: Item } {
    return {
      ...(this.page.url ? { page: this.page } : {}),
      ...(this.view.item ? { item: this.view.item } : {}),
    };
  }

  private consent(purpose: Purpose, granted: boolean): unknown {
    const locale = this.view.speech.locale;
    return { purpose, granted, text_version: this.view.site?.consents.version ?? '', locale };
  }

  private outboxKey(): string {
    return `talia:outbox:${this.key}:${this.session?.id ?? ''}`;
  }

  private quietly(method: string, path: string, body: unknown): void {
    // A receipt that is lost is made up for by the next one.
    void this.call(method, path, { body, token: this.session?.token ?? null }).catch(() => undefined);
  }

  private report(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    this.emit('error', { code: error.code, status: error.status });
  }

  private emit(name: EventName, detail: unknown): void {
    this.host.tell({ type: 'event', name, detail });
  }

  private signal(signal: Signal): void {
    this.listeners.forEach((listener) => listener(signal));
  }

  private set(change: Partial<View>): void {
    const openChanged = change.open !== undefined && change.open !== this.view.open;
    this.view = { ...this.view, ...change };
    this.watchers.forEach((watcher) => watcher());
    if (openChanged) this.tellLook();
    if (change.chat) this.tellUnreadSoon();
  }

  private soon = false;

  private tellUnreadSoon(): void {
    if (this.soon) return;
    this.soon = true;
    queueMicrotask(() => {
      this.soon = false;
      this.tellUnread();
    });
  }
}
