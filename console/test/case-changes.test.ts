import { describe, expect, it } from 'vitest';
import en from '../locales/en/evals.json';
import { changesOf, textsOf } from '../src/screens/assistant/case-changes';
import type { CaseEdit } from '../src/screens/assistant/evals-data';
import type { EvalSay } from '../src/screens/assistant/evals-words';

const say: EvalSay = (key, values = {}) =>
  en[key].replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));

const BEFORE: CaseEdit = {
  place: 1,
  act: 'created',
  revision: 1,
  by: 'Ana',
  at: '2026-11-20T10:00:00.000Z',
  name: 'A price',
  blocking: true,
  tags: ['price'],
  messages: [
    { author: 'assistant', text: 'Hola' },
    { author: 'visitor', text: '¿Precio?' },
  ],
  expect: { contains: ['999', 'pesos'] },
};

describe('what an edit changed', () => {
  it('is said line by line, in the words of the form', () => {
    const after: CaseEdit = {
      ...BEFORE,
      tags: [],
      messages: BEFORE.messages.slice(1),
      expect: { contains: ['1000', 'pesos'], no_invented_price: false },
    };
    expect(changesOf(say, BEFORE, after)).toEqual([
      {
        label: en.case_messages,
        lines: [
          { text: 'Assistant: Hola', mark: 'del' },
          { text: 'Visitor: ¿Precio?', mark: null },
        ],
      },
      {
        label: en.case_has,
        lines: [
          { text: '999', mark: 'del' },
          { text: '1000', mark: 'ins' },
          { text: 'pesos', mark: null },
        ],
      },
      {
        label: en.case_no_price,
        lines: [
          { text: en.must, mark: 'del' },
          { text: en.must_not, mark: 'ins' },
        ],
      },
      { label: en.case_tags, lines: [{ text: 'price', mark: 'del' }] },
    ]);
  });

  it('is nothing where only the order of things in the row differs', () => {
    const { expect: wanted, ...rest } = BEFORE;
    expect(changesOf(say, BEFORE, { expect: { ...wanted, regex: [] }, ...rest, item: null })).toEqual([]);
  });

  it('tells knowledge of its own that is empty from none', () => {
    const told = textsOf(say, { ...BEFORE, knowledge: {} });
    expect(told).toContainEqual({ label: en.own_knowledge, text: en.facts_none });
    expect(textsOf(say, BEFORE).map((one) => one.label)).not.toContain(en.own_knowledge);
  });
});
