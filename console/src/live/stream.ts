// A live stream: opened, watched, and opened again where it was cut, for as long as it is wanted.

import { open } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { TaliaEvent } from '../generated/events';
import { backoff } from './backoff';
import { SseParser } from './sse';

/** What came in one piece, each event with the position after it (null: the last one stays valid). */
export type Batch = readonly { event: TaliaEvent; id: string | null }[];

export interface StreamHooks {
  path: string;
  /** The position to go on from; null at the very beginning. */
  cursor: () => string | null;
  /** All that came in one piece, so that a burst is one change of what is on the screen. */
  events: (batch: Batch) => void;
  state: (state: 'live' | 'connecting') => void;
  /** The server refuses: connecting again as before is no use. */
  refused: (problem: ApiProblem) => void;
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

  /** Do not wait for the next attempt any longer: the network came back, or somebody looks again. */
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
      this.hooks.state('connecting');
      let pause: number;
      try {
        pause = await this.listen(life);
      } catch (error) {
        if (life !== this.life) return;
        if (!(error instanceof ApiProblem)) throw error;
        if (!error.passing) {
          this.stop();
          return this.hooks.refused(error);
        }
        pause = Math.max(backoff(this.attempt++), (error.retryAfter ?? 0) * 1000);
      }
      if (life !== this.life) return;
      this.hooks.state('connecting');
      await this.sleep(pause);
    }
  }

  /** Returns how long to wait before connecting again. */
  private async listen(life: number): Promise<number> {
    const abort = (this.abort = new AbortController());
    const cursor = this.hooks.cursor();
    const headers: Record<string, string> = cursor === null ? {} : { 'Last-Event-ID': cursor };
    const response = await open(this.hooks.path, headers, abort.signal);
    if (life !== this.life) {
      abort.abort();
      return 0;
    }
    this.attempt = 0;
    this.hooks.state('live');
    let farewell: number | null = null;
    const parser = new SseParser();
    await readText(response, abort, (chunk) => {
      if (life !== this.life) return;
      const batch = parser
        .push(chunk)
        .filter((frame) => frame.data)
        .map((frame) => ({ event: JSON.parse(frame.data) as TaliaEvent, id: frame.id }));
      for (const { event } of batch) if (event.type === 'chat.bye') farewell = event.retry_ms;
      if (batch.length) this.hooks.events(batch);
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

async function readText(
  response: Response,
  abort: AbortController,
  take: (chunk: string) => void,
): Promise<void> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
  };
  // Cut off: whoever listens connects again from the last position.
  const next = (): Promise<ReadableStreamReadResult<Uint8Array> | null> => reader.read().catch(() => null);
  try {
    for (;;) {
      alive();
      const part = await next();
      if (!part || part.done) return;
      take(decoder.decode(part.value, { stream: true }));
    }
  } finally {
    clearTimeout(watchdog);
    void reader.cancel().catch(() => undefined);
  }
}
