import { expect, test } from 'vitest';
import { SseParser } from '../src/panel/sse';

const STREAM =
  'retry: 1000\n\n: hello\n\nid: 7\nevent: chat.reply.delta\ndata: {"text":"añ😀"}\n\n' +
  'data: one\r\ndata: two\r\n\r\nid: 8\rdata: three\r\revent: lost\ndata: unfinished';

test('however the bytes are cut, the frames are the same', () => {
  const whole = new SseParser().push(STREAM);
  expect(whole).toEqual([
    { id: null, event: 'message', data: '', retry: 1000 },
    { id: '7', event: 'chat.reply.delta', data: '{"text":"añ😀"}', retry: null },
    { id: null, event: 'message', data: 'one\ntwo', retry: null },
    { id: '8', event: 'message', data: 'three', retry: null },
  ]);
  for (let size = 1; size < STREAM.length; size++) {
    const parser = new SseParser();
    const frames = [];
    for (let at = 0; at < STREAM.length; at += size) frames.push(...parser.push(STREAM.slice(at, at + size)));
    expect(frames).toEqual(whole);
  }
});

test('an id with NUL is not an id, and a comment is not data', () => {
  const frames = new SseParser().push('id: a\0b\ndata: x\n\n: only a comment\n\n');
  expect(frames).toEqual([{ id: null, event: 'message', data: 'x', retry: null }]);
});
