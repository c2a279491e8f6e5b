// The one live stream: opened, watched, and opened again where it was cut, for as long as it is wanted.

import type { TaliaEvent } from '../generated/events';
import { ApiError, type Call } from './api';
import { backoff } from './backoff';
import { SseParser } from './sse';

export interface StreamHooks {
  call: Call;
  token: () => string | null;
  cursor: () => string | null;
  /** `id` is the position after the event, or null where the last one stays valid. */
  event: (event: TaliaEvent, id: string | null) => void | Promise<void>;
  state: (state: 'live' | 'connecting') => void;
  /** The server refuses (401, 403, 404): connecting again as before is no use. */
  refused: (error: ApiError) => void;
}

/** The server says something at least every 15 seconds; silence for longer than this means that the line is dead. */
export const SILENCE_MS = 40_000;

export class LiveStream {
  /** Each start is a life of its own: what an earlier one still receives after its end is not heard. */
  private life = 0;
  private wanted = false;
  private attempt = 0;
  private abort: AbortController | null = null;
  private wake: (() => void) | null = null;

  constructor(private readonly hooks: StreamHooks) {}

  start(): void {
    if (this.wanted) return this.hurry();
    this.wanted = true;
    void this.run(++this.life);
  }

  stop(): void {
    this.wanted = false;
    this.life++;
    this.abort?.abort();
    this.wake?.();
  }

  /** Do not wait for the next attempt any longer: the network came back, or the visitor did. */
  hurry(): void {
    this.attempt = 0;
    this.wake?.();
  }

  /** The line is known to be dead (the browser went offline). */
  drop(): void {
    this.abort?.abort();
  }

  private async run(life: number): Promise<void> {
    while (life === this.life) {
      let pause: number;
      try {
        pause = await this.listen(life);
      } catch (error) {
        if (life !== this.life) return;
        if (error instanceof ApiError && isFinal(error)) {
          this.stop();
          return this.hooks.refused(error);
        }
        if (!(error instanceof ApiError)) console.error('talia:', error);
        const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
        pause = Math.max(backoff(this.attempt++), asked);
      }
      if (life !== this.life) return;
      this.hooks.state('connecting');
      await this.sleep(pause);
    }
  }

  /** Returns how long to wait before connecting again. */
  private async listen(life: number): Promise<number> {
    const abort = (this.abort = new AbortController());
    const { hooks } = this;
    const response = await hooks.call('GET', '/events', {
      token: hooks.token(),
      accept: 'text/event-stream',
      lastEventId: hooks.cursor(),
      signal: abort.signal,
    });
    if (life !== this.life) {
      abort.abort();
      return 0;
    }
    this.attempt = 0;
    hooks.state('live');
    const parser = new SseParser();
    let farewell: number | null = null;
    await readText(response, abort, async (chunk) => {
      for (const frame of parser.push(chunk)) {
        if (!frame.data || life !== this.life) continue;
        const event = JSON.parse(frame.data) as TaliaEvent;
        if (event.type === 'chat.bye') farewell = event.retry_ms;
        await hooks.event(event, frame.id);
      }
    });
    return farewell ?? backoff(this.attempt++);
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake?.(), ms);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
    });
  }
}

/** Asking again would get the same answer. */
const isFinal = ({ status }: ApiError): boolean => status >= 400 && status < 500 && status !== 429;

async function readText(
  response: Response,
  abort: AbortController,
  take: (chunk: string) => Promise<void>,
): Promise<void> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
  };
  const next = (): Promise<ReadableStreamReadResult<Uint8Array> | null> =>
    // Cut off: whoever listens connects again from the last position.
    reader.read().catch(() => null);
  try {
    for (;;) {
      alive();
      const read = await next();
      if (!read || read.done) return;
      await take(decoder.decode(read.value, { stream: true }));
    }
  } finally {
    clearTimeout(watchdog);
    void reader.cancel().catch(() => undefined);
  }
}

/** The first event of a response, and nothing more: enough to know that a message is stored. */
export async function firstEvent(response: Response): Promise<TaliaEvent | null> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  const parser = new SseParser();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return null;
      const frame = parser.push(decoder.decode(value, { stream: true })).find((f) => f.data);
      if (frame) return JSON.parse(frame.data) as TaliaEvent;
    }
  } catch {
    return null;
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}
