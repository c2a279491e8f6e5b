import { expect, test } from 'vitest';
import { ATTEMPTS, Outbox, type Outcome, type Pending } from '../src/panel/outbox';

function rig(answers: Outcome[]) {
  const sent: string[] = [];
  const states: string[] = [];
  const outbox = new Outbox({
    send: async (pending: Pending) => {
      sent.push(pending.text);
      return answers.shift() ?? 'stored';
    },
    changed: (list) => states.push(list.map((p) => `${p.text}:${p.state}`).join()),
    pause: async () => undefined,
  });
  return { outbox, sent, states };
}

test('one after the other, in order, the first until it is stored', async () => {
  const { outbox, sent } = rig(['later', 'later', 'stored']);
  outbox.add('a', 0);
  outbox.add('b', 1);
  await outbox.flush();
  expect(sent).toEqual(['a', 'a', 'a', 'b']);
  expect(outbox.pending).toEqual([]);
});

test('a refused message is failed at once, does not hold up the others, and goes again on demand under its id', async () => {
  const { outbox, sent } = rig(['refused']);
  const { id } = outbox.add('a', 0);
  outbox.add('b', 1);
  await outbox.flush();
  expect(outbox.pending).toEqual([{ id, text: 'a', at: 0, state: 'failed' }]);
  outbox.retry(id);
  await outbox.flush();
  expect(sent).toEqual(['a', 'b', 'a']);
  expect(outbox.pending).toEqual([]);
});

test('after some attempts the visitor decides', async () => {
  const { outbox, sent } = rig(Array.from({ length: ATTEMPTS }, () => 'later'));
  outbox.add('a', 0);
  await outbox.flush();
  expect(sent).toHaveLength(ATTEMPTS);
  expect(outbox.pending[0]!.state).toBe('failed');
});

test('what an earlier page left behind goes first, under the same id; a message seen on the stream is not sent again', async () => {
  const { outbox, sent } = rig([]);
  outbox.restore([{ id: 'w-old', text: 'old', at: 0, state: 'waiting' }]);
  outbox.confirm('w-old');
  await outbox.flush();
  outbox.restore([{ id: 'w-2', text: 'left', at: 0, state: 'waiting' }]);
  outbox.add('new', 1);
  await outbox.flush();
  expect(sent).toEqual(['old', 'left', 'new']);
});

test('ids are long, random and fit for the API', () => {
  const { outbox } = rig([]);
  const ids = new Set(Array.from({ length: 100 }, () => outbox.add('x', 0).id));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^w-[0-9a-f]{32}$/);
});
