// What happens, in what order: the only place that knows the API, the stream, the outbox and the host page together.
// The screen renders `view` and calls methods; it decides nothing.

import type { TaliaEvent, WireMessage } from '../generated/events';
import type { Item, PageInfo, Session, ToPanel } from '../shared/protocol';
import { api, ApiError, type Call } from './api';
import { backoff } from './backoff';
import { apply, EMPTY, type HistoryPage, lastSeq, withHistory } from './chat';
import { cleanItem, cleanPage } from './context';
import { Host } from './host';
import { load, save } from './keep';
import { Looks } from './looks';
import { Outbox, type Outcome, type Pending } from './outbox';
import { hide, Patience } from './patience';
import { Person } from './person';
import { NOBODY, type Opened, type Purpose } from './site';
import { Store, type View } from './store';
import { firstEvent, LiveStream } from './stream';

const PAGE = 60;
const NEWEST = 2 ** 52;
/** Receipts go at once, but no more often than this. */
const READ_MS = 1000;
const SOUND = 'talia:sound';
const PURPOSES = ['chat', 'contact', 'marketing'] as const;

export class Engine {
  readonly store = new Store(load(SOUND, false));
  readonly person: Person;
  private readonly patience = new Patience();
  private readonly call: Call;
  private readonly host: Host;
  private readonly looks: Looks;
  private readonly stream: LiveStream;
  private readonly outbox: Outbox;
  private session: Session | null = null;
  private page: PageInfo | null = null;
  private starting: Promise<void> | null = null;
  private reading: ReturnType<typeof setTimeout> | undefined;
  private typedAt = 0;
  private readAt = 0;
  /** Read up to here, and the server has not been told yet. */
  private unsaid = 0;

  constructor(
    private readonly key: string,
    origin: string,
  ) {
    this.call = api(key);
    this.host = new Host(origin, (message) => this.heard(message));
    this.looks = new Looks(this.store, this.host);
    this.person = new Person(this.store, this.host, this.call, () => this.token);
    this.stream = new LiveStream({
      call: this.call,
      token: () => this.token,
      cursor: () => this.view.chat.cursor,
      event: (event, id) => this.happened(event, id),
      state: (net) => this.store.set({ net: navigator.onLine ? net : 'offline' }),
      refused: (error) => this.streamRefused(error),
    });
    this.outbox = new Outbox({
      send: (pending) => this.post(pending),
      changed: (pending) => {
        this.store.set({ pending });
        if (this.session) save(this.outboxKey, pending.length ? pending : null);
      },
      pause: (attempt) => this.patience.wait(backoff(attempt)),
    });
    this.surroundings();
    this.host.tell({ type: 'ready' });
  }

  get view(): View {
    return this.store.view;
  }

  // --- what the visitor does

  send(text: string): void {
    const content = text.trim();
    if (!content) return;
    this.typedAt = 0;
    this.store.set({ hint: null });
    this.outbox.add(content, Date.now());
  }

  retry(id: string): void {
    this.outbox.retry(id);
  }

  close(): void {
    this.host.tell({ type: 'close', focus: true });
  }

  /** Only a person is told that the visitor types; at most every few seconds. */
  typing(): void {
    const now = Date.now();
    if (now - this.typedAt < 4000 || !this.session || this.view.chat.handler === 'assistant') return;
    this.typedAt = now;
    this.quietly('/typing', { active: true });
  }

  /** Everything on the screen has been seen. */
  seen(): void {
    const { chat } = this.view;
    const last = lastSeq(chat);
    if (last <= chat.readSeq || document.hidden || !this.view.open) return;
    this.store.set({ chat: { ...chat, readSeq: last } });
    clearTimeout(this.reading);
    this.unsaid = last;
    this.reading = setTimeout(() => this.tellRead(), Math.max(0, this.readAt + READ_MS - Date.now()));
  }

  private tellRead(): void {
    if (!this.unsaid) return;
    this.readAt = Date.now();
    this.quietly('/read', { up_to_seq: this.unsaid });
    this.unsaid = 0;
  }

  async older(): Promise<void> {
    const first = this.view.chat.messages[0];
    if (this.view.older !== 'more' || !first || !this.session) return;
    this.store.set({ older: 'loading' });
    try {
      const page = await this.history(first.seq);
      this.store.set({
        chat: withHistory(this.view.chat, page, false),
        older: page.has_more ? 'more' : 'none',
      });
    } catch (error) {
      this.store.set({ older: 'more' });
      this.host.report(error);
    }
  }

  async react(message: WireMessage, emoji: string, on: boolean): Promise<void> {
    const { t } = this.view.speech;
    const path = `/messages/${message.message_id}/reactions`;
    let said = t(on ? 'reacted' : 'unreacted', { emoji });
    try {
      const response = await this.call(on ? 'POST' : 'DELETE', path, { body: { emoji }, token: this.token });
      const changed = ((await response.json()) as { data: WireMessage }).data;
      this.store.set({ chat: apply(this.view.chat, { type: 'chat.message.updated', message: changed }) });
    } catch (error) {
      said = t('form_failed');
      this.host.report(error);
    }
    this.store.signal({ kind: 'say', text: said });
  }

  async handoff(): Promise<void> {
    if (this.view.chat.handler !== 'assistant') return;
    try {
      await this.call('POST', '/handoff', { body: {}, token: this.token });
    } catch (error) {
      return this.host.report(error);
    }
    if (this.view.chat.handler === 'assistant') this.handedOff();
  }

  /** The form, for what is not known yet: also what was said in the conversation meanwhile. */
  async askContact(wanted: boolean): Promise<void> {
    try {
      const { contact } = await this.openSession();
      this.store.set({ contact: contact ?? NOBODY });
    } catch (error) {
      this.host.report(error);
    }
    if (wanted) this.store.set({ form: 'open' });
    else this.person.offerForm();
  }

  async erase(): Promise<boolean> {
    try {
      await this.call('DELETE', '/session', { token: this.token });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) return false;
    }
    this.outbox.clear();
    await this.host.keep(null);
    this.store.set({ hint: 'erased' });
    return true;
  }

  setLocale(locale: string): void {
    this.looks.setLocale(locale);
  }

  setSound(sound: boolean): void {
    save(SOUND, sound);
    this.store.set({ sound });
  }

  again(): void {
    this.patience.wake();
  }

  // --- what the host page says

  private heard(message: ToPanel): void {
    switch (message.type) {
      case 'boot':
        this.session = message.session;
        this.page = cleanPage(message.page);
        this.store.set({ open: message.open, full: message.full, item: cleanItem(message.item) });
        this.looks.follow(message.appearance, message.locales);
        if (message.session || message.open) void this.start();
        return;
      case 'open':
        this.store.set({ open: message.open, full: message.full });
        if (message.open) void this.start();
        else this.tellRead();
        return;
      case 'session':
        return this.otherSession(message.session);
      case 'page':
        this.page = cleanPage(message.page);
        return this.store.set({ item: cleanItem(message.item) });
      case 'appearance':
        return this.looks.follow(message.appearance, message.locales);
      case 'call':
        void this.command(message.name, message.args);
    }
  }

  private async command(name: string, [first, second]: unknown[]): Promise<void> {
    if (name === 'prefill' && typeof first === 'string') {
      return this.store.set({ prefill: { text: first, serial: this.view.prefill.serial + 1 } });
    }
    if (name === 'send' && typeof first === 'string') this.send(first);
    await this.start();
    if (name === 'identify') {
      const token = (second as { token?: unknown } | undefined)?.token;
      await this.person.identify(first, token, (session) => this.host.keep(session).then(() => this.start()));
    } else if (name === 'setConsent') {
      for (const [purpose, granted] of Object.entries(first ?? {})) {
        if (PURPOSES.includes(purpose as Purpose))
          await this.person.setConsent(purpose as Purpose, granted === true);
      }
    } else if (name === 'track' || name === 'setAttributes') {
      const body = name === 'track' ? { event: first, properties: second ?? {} } : { attributes: first };
      await this.call('POST', '/track', { token: this.token, body }).catch((error: unknown) =>
        this.host.report(error),
      );
    }
  }

  // --- the session

  private get token(): string | null {
    return this.session?.token ?? null;
  }

  private get outboxKey(): string {
    return `talia:outbox:${this.key}:${this.session?.id ?? ''}`;
  }

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
    this.store.set({ phase: 'loading' });
    for (let attempt = 0; ; attempt++) {
      try {
        await this.alone(() => this.open());
        const page = await this.history(NEWEST);
        this.store.set({
          phase: 'ready',
          chat: withHistory({ ...EMPTY, cursor: page.cursor }, page, true),
          older: page.has_more ? 'more' : 'none',
        });
        break;
      } catch (error) {
        if (error instanceof ApiError && [401, 403, 404].includes(error.status)) {
          this.store.set({ phase: error.code === 'conversation.blocked' ? 'blocked' : 'refused' });
          return this.host.report(error);
        }
        this.store.set({ phase: 'failed', net: navigator.onLine ? 'connecting' : 'offline' });
        await this.patience.wait(backoff(attempt));
      }
    }
    this.outbox.restore(load<Pending[]>(this.outboxKey, []));
    this.stream.start();
    this.host.emit('ready', { session_id: this.session?.id });
  }

  /** One tab at a time, so that two that open together get one session and not two. */
  private async alone(work: () => Promise<void>): Promise<void> {
    if (navigator.locks) await navigator.locks.request(`talia:${this.key}`, work);
    else await work();
  }

  private async open(): Promise<void> {
    this.session = await this.host.recall();
    let opened: Opened;
    try {
      opened = await this.openSession();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'session.invalid_token') || !this.session)
        throw error;
      this.session = null;
      opened = await this.openSession();
    }
    const token = opened.token ?? this.token;
    this.session = token ? { token, id: opened.session_id } : null;
    if (opened.token) await this.host.keep(this.session);
    this.store.set({ site: opened.site, contact: opened.contact ?? NOBODY });
  }

  private async openSession(): Promise<Opened> {
    const body = { locale: this.view.speech.tag, ...this.context() };
    return (await (await this.call('POST', '/sessions', { token: this.token, body })).json()) as Opened;
  }

  /** Another tab opened a session, or this one is forgotten. */
  private otherSession(session: Session | null): void {
    if (session?.token === this.session?.token) return;
    this.stream.stop();
    this.outbox.clear();
    this.session = session;
    this.store.set({ phase: 'idle', chat: EMPTY, contact: NOBODY, form: 'hidden', older: 'none' });
    this.store.signal({ kind: 'reset' });
    if (session || this.view.open) void this.start();
  }

  private streamRefused(error: ApiError): void {
    // 401: erased from another device, or expired. What comes next opens a new session.
    this.store.set({ phase: error.status === 403 ? 'blocked' : 'idle' });
    if (error.status !== 403 && this.view.open) void this.start();
  }

  /** The newest page before a position, oldest message first. */
  private async history(before: number): Promise<HistoryPage & { has_more: boolean }> {
    const path = `/history/${encodeURIComponent(this.session?.id ?? '')}?before=${before}&limit=${PAGE}`;
    return (await (await this.call('GET', path, { token: this.token })).json()) as HistoryPage & {
      has_more: boolean;
    };
  }

  // --- messages

  private async post(pending: Pending): Promise<Outcome> {
    await this.start();
    if (!this.session) return 'refused';
    try {
      const response = await this.call('POST', '/messages', {
        token: this.token,
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
    if (!this.view.contact.consents.includes('chat')) void this.person.setConsent('chat', true);
    return 'stored';
  }

  private async postFailed(error: unknown): Promise<Outcome> {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 429) {
      this.store.set({ hint: 'slow_down' });
      await this.patience.wait(1000 * (error.retryAfter ?? 2));
      return 'later';
    }
    if (error.status === 401) {
      this.store.set({ phase: 'idle' });
      return 'later';
    }
    if (error.code === 'conversation.blocked') this.store.set({ phase: 'blocked' });
    return error.status === 0 || error.status >= 500 ? 'later' : 'refused';
  }

  private async happened(event: TaliaEvent, id: string | null): Promise<void> {
    const before = this.view.chat;
    let chat = apply(before, event);
    if (id !== null) chat = { ...chat, cursor: id };
    if (chat.stale) {
      const page = await this.history(NEWEST);
      chat = { ...withHistory(chat, page, true), cursor: id ?? chat.cursor };
      this.store.set({ older: page.has_more ? 'more' : 'none' });
    }
    this.store.set({ chat });
    if (chat.running && chat.running !== before.running) {
      this.store.signal({ kind: 'running', text: chat.running.text });
    }
    const message = 'message' in event ? event.message : null;
    if (message?.author === 'visitor' && message.client_message_id)
      this.outbox.confirm(message.client_message_id);
    if (message && !before.messages.some((m) => m.message_id === message.message_id)) this.arrived(message);
    if (before.handler === 'assistant' && chat.handler === 'queue') this.handedOff();
  }

  private arrived(message: WireMessage): void {
    this.store.signal({ kind: 'message', message });
    // The text stays in the frame: other scripts of the host page have no business with it.
    this.host.emit('message', {
      author: message.author,
      id: message.message_id,
      at: message.timestamps.created_at,
    });
  }

  private handedOff(): void {
    if (this.view.chat.handler === 'assistant')
      this.store.set({ chat: { ...this.view.chat, handler: 'queue' } });
    this.host.emit('handoff', {});
    void this.askContact(false);
  }

  // --- surroundings

  private surroundings(): void {
    addEventListener('online', () => {
      this.store.set({ net: 'connecting' });
      this.stream.hurry();
      this.patience.wake();
    });
    addEventListener('offline', () => {
      this.store.set({ net: 'offline' });
      this.stream.drop();
    });
    // A page with an open stream cannot be kept for the back button.
    addEventListener('pagehide', () => {
      this.tellRead();
      this.stream.stop();
    });
    addEventListener(
      'pageshow',
      ({ persisted }) => persisted && this.view.phase === 'ready' && this.stream.start(),
    );
    document.addEventListener('visibilitychange', () => {
      if (this.view.phase !== 'ready') return;
      if (document.hidden) void hide(this.key, () => this.stream.stop());
      else this.stream.start();
    });
  }

  private context(): { page?: PageInfo; item?: Item } {
    const { item } = this.view;
    return { ...(this.page ? { page: this.page } : {}), ...(item ? { item } : {}) };
  }

  private quietly(path: string, body: unknown): void {
    // A receipt that is lost is made up for by the next one.
    void this.call('POST', path, { body, token: this.token, keepalive: true }).catch(() => undefined);
  }
}
