import { describe, expect, it } from 'vitest';
import { bodyOf, countExpected, draftOf, emptyDraft } from '../src/screens/assistant/case-draft';
import type { EvalCase } from '../src/screens/assistant/evals-data';

const STORED: EvalCase = {
  id: 'c',
  name: 'A price',
  blocking: false,
  tags: ['price', 'es'],
  revision: 3,
  archived_at: null,
  messages: [
    { author: 'assistant', text: 'Hola' },
    { author: 'visitor', text: '¿Precio?' },
  ],
  item: { id: 'i', title: 'Corolla' },
  knowledge: {
    items: [{ id: 'i', title: 'Corolla', price: 5, facts: ['2023', 'red'] }],
    documents: [{ title: 'Parking', body: 'Free' }],
  },
  // As the server stores it: what is not said is left out.
  expect: { contains: ['5', 'pesos'], asks_for_consent: false, captures: ['email'], max_words: 40 },
};

describe('a case in its form', () => {
  it('comes back as it was, with what is known in it', () => {
    const body = bodyOf(draftOf(STORED));
    const unknown = { price: null, currency: null, availability: null, facts: [] };
    expect(body).toMatchObject({
      name: 'A price',
      locale: 'es',
      blocking: false,
      tags: ['price', 'es'],
      messages: STORED.messages,
      item: { id: 'i', title: 'Corolla', ...unknown },
      knowledge: {
        items: [{ id: 'i', title: 'Corolla', ...unknown, price: 5, facts: ['2023', 'red'] }],
        documents: [{ title: 'Parking', body: 'Free' }],
      },
    });
    expect(body.expect).toEqual({
      contains: ['5', 'pesos'],
      not: [],
      regex: [],
      language: null,
      asks_for_consent: false,
      captures: ['email'],
      hands_off: null,
      shows_card: null,
      max_words: 40,
      no_invented_price: true,
      tier: null,
      judge: null,
    });
  });

  it('takes each line for one text, and nothing for nothing', () => {
    const draft = { ...emptyDraft('pt'), name: ' x ', lacks: ' a \n\n b\n', handsOff: 'yes' as const };
    const { name, locale, expect: wanted } = bodyOf(draft);
    expect([name, locale, wanted.not, wanted.hands_off]).toEqual(['x', 'pt', ['a', 'b'], true]);
  });

  it('keeps nothing known apart from what the site knows', () => {
    const draft = { ...emptyDraft('es'), knowledge: { items: [], documents: [] }, tags: ' a, ,b , a' };
    expect(bodyOf(draft)).toMatchObject({ knowledge: { items: [], documents: [] }, tags: ['a', 'b'] });
    expect(bodyOf(emptyDraft('es'))).not.toHaveProperty('knowledge');
  });

  it('counts what is stated, a refusal of invented prices too', () => {
    expect(countExpected(STORED.expect)).toBe(6);
    expect(countExpected({ no_invented_price: false, hands_off: false })).toBe(1);
  });
});
