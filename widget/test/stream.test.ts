import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TaliaEvent } from '../src/generated/events';
import { ApiError, type CallOptions } from '../src/panel/api';
import { firstEvent, LiveStream, SILENCE_MS } from '../src/panel/stream';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Line {
  private controller!: ReadableStreamDefaultController<Uint8Array>;
  readonly response: Response;
  cancelled = false;

  constructor(readonly options: CallOptions) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => void (this.controller = controller),
      cancel: () => void (this.cancelled = true),
    });
    this.response = new Response(body);
    options.signal?.addEventListener('abort', () => {
      if (!this.cancelled) this.controller.error(new DOMException('aborted', 'AbortError'));
      this.cancelled = true;
    });
  }

  say(text: string): void {
    this.controller.enqueue(new TextEncoder().encode(text));
  }

  end(): void {
    this.controller.close();
  }
}

function rig() {
  const lines: Line[] = [];
  const heard: string[] = [];
  const states: string[] = [];
  let cursor: string | null = '0';
  let refusal: ApiError | null = null;
  const refused: ApiError[] = [];
  const stream = new LiveStream({
    call: async (_method, _path, options = {}) => {
      if (refusal) throw refusal;
      lines.push(new Line(options));
      return lines[lines.length - 1]!.response;
    },
    token: () => 'vt_x',
    cursor: () => cursor,
    event: (event: TaliaEvent, id) => {
      heard.push(event.type === 'chat.reply.delta' ? event.text : event.type);
      if (id !== null) cursor = id;
    },
    state: (state) => states.push(state),
    refused: (error) => refused.push(error),
  });
  const delta = (id: string, text: string): string =>
    `id: ${id}\nevent: x\ndata: ${JSON.stringify({ type: 'chat.reply.delta', turn_id: 't', attempt: 1, offset: 0, text })}\n\n`;
  return {
    stream,
    lines,
    heard,
    states,
    refused,
    delta,
    refuse: (error: ApiError | null) => (refusal = error),
  };
}

const soon = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test('a line that is cut is opened again from the last position, with a pause', async () => {
  const { stream, lines, heard, states, delta } = rig();
  stream.start();
  await soon();
  lines[0]!.say(delta('1:t:1:2', 'ho') + delta('1:t:1:4', 'la').slice(0, 20));
  await soon();
  lines[0]!.end();
  await soon();
  expect(lines).toHaveLength(1);
  await soon(1000);
  expect(lines).toHaveLength(2);
  expect(lines[1]!.options.lastEventId).toBe('1:t:1:2');
  lines[1]!.say(delta('1:t:1:4', 'la'));
  await soon();
  expect(heard).toEqual(['ho', 'la']);
  expect(states).toEqual(['live', 'connecting', 'live']);
});

test('stopped and started in one breath there is one line, and nothing is heard twice', async () => {
  const { stream, lines, heard, delta } = rig();
  stream.start();
  await soon();
  lines[0]!.say(delta('1', 'a'));
  stream.stop();
  stream.start();
  stream.stop();
  stream.start();
  await soon(5000);
  const open = lines.filter((line) => !line.cancelled);
  expect(open).toHaveLength(1);
  open[0]!.say(delta('2', 'b'));
  await soon();
  expect(heard).toEqual(['b']);
});

test('a silent line is dead; a goodbye says when to come back', async () => {
  const { stream, lines } = rig();
  stream.start();
  await soon(SILENCE_MS - 1);
  lines[0]!.say(': still here\n\n');
  await soon(SILENCE_MS - 1);
  expect(lines).toHaveLength(1);
  await soon(2000);
  expect(lines).toHaveLength(2);
  lines[1]!.say('data: {"type":"chat.bye","retry_ms":7000}\n\n');
  await soon();
  lines[1]!.end();
  await soon(6900);
  expect(lines).toHaveLength(2);
  await soon(200);
  expect(lines).toHaveLength(3);
});

test('when nobody answers it waits longer and longer, at once when hurried, and as long as it is told to', async () => {
  const { stream, lines, refuse } = rig();
  refuse(new ApiError(0, 'network'));
  stream.start();
  await soon(60_000);
  refuse(null);
  stream.hurry();
  await soon();
  expect(lines).toHaveLength(1);
  refuse(new ApiError(503, 'unavailable', 30));
  lines[0]!.end();
  await soon(2000);
  refuse(null);
  await soon(27_000);
  expect(lines).toHaveLength(1);
  await soon(5000);
  expect(lines).toHaveLength(2);
});

test('a refusal ends it, and is told once', async () => {
  const { stream, refused, refuse, lines } = rig();
  refuse(new ApiError(401, 'session.invalid_token'));
  stream.start();
  await soon(60_000);
  expect(refused.map((e) => e.code)).toEqual(['session.invalid_token']);
  refuse(null);
  stream.start();
  await soon();
  expect(lines).toHaveLength(1);
});

test('the first event is enough, and a line that ends without one is none', async () => {
  const line = new Line({});
  const event = firstEvent(line.response);
  line.say('retry: 1000\n\nid: 1\ndata: {"type":"chat.sync",');
  line.say('"cursor":"1"}\n\n');
  expect(await event).toEqual({ type: 'chat.sync', cursor: '1' });
  expect(line.cancelled).toBe(true);
  const other = new Line({});
  other.end();
  expect(await firstEvent(other.response)).toBeNull();
});
