// The panel's end of the channel to the host page. Only the page that embeds us, from the origin it named, is heard.
// The origin comes from the frame's address: a page that lies about it hears nothing and is not heard, and which
// pages may embed a site's panel at all is what the server's frame-ancestors decides.

import {
  CHANNEL,
  type Envelope,
  type EventName,
  type Session,
  type ToHost,
  type ToPanel,
} from '../shared/protocol';
import { ApiError } from './api';

export class Host {
  private asked: ((session: Session | null) => void)[] = [];

  constructor(
    private readonly origin: string,
    private readonly heard: (message: ToPanel) => void,
  ) {
    addEventListener('message', (event: MessageEvent<Envelope<ToPanel>>) => {
      if (event.origin !== origin || event.source !== parent || parent === self) return;
      const envelope = event.data;
      if (envelope?.channel !== CHANNEL || envelope.to !== 'panel') return;
      if (envelope.message.type === 'session') this.answer(envelope.message.session);
      this.heard(envelope.message);
    });
  }

  tell(message: ToHost): void {
    const envelope: Envelope<ToHost> = { channel: CHANNEL, to: 'host', message };
    parent.postMessage(envelope, this.origin);
  }

  emit(name: EventName, detail: unknown): void {
    this.tell({ type: 'event', name, detail });
  }

  /** A request was refused: the page is told which, and what it says of it. */
  report(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    this.emit('error', { code: error.code, status: error.status });
  }

  /** Have the session kept (or forgotten); resolves when the host page's storage has it. */
  keep(session: Session | null): Promise<Session | null> {
    return this.ask({ type: 'session', session });
  }

  /** What the host page's storage has now: another tab may have opened a session meanwhile. */
  recall(): Promise<Session | null> {
    return this.ask({ type: 'wake' });
  }

  private ask(message: ToHost): Promise<Session | null> {
    return new Promise((resolve) => {
      this.asked.push(resolve);
      this.tell(message);
    });
  }

  /** Whoever asked meanwhile gets the same answer: what the storage has now. */
  private answer(session: Session | null): void {
    this.asked.splice(0).forEach((resolve) => resolve(session));
  }
}
