// A case as the form holds it, and as the server takes it.

import type { Locale } from '../../i18n';
import type { CaseBody, EvalCase } from './evals-data';

export type Author = 'visitor' | 'assistant' | 'seller';
export type Field = 'name' | 'email' | 'phone';
/** '' says nothing about it. */
export type YesNo = '' | 'yes' | 'no';

/** `contains`, `lacks` and `regex`: one on a line. `messages` end with the visitor's, which is answered. */
export interface CaseDraft {
  name: string;
  locale: Locale;
  blocking: boolean;
  messages: { author: Author; text: string }[];
  contains: string;
  lacks: string;
  regex: string;
  language: '' | Locale;
  consent: YesNo;
  captures: Field[];
  handsOff: YesNo;
  card: string;
  words: string;
  noPrice: boolean;
  tier: '' | 'hot' | 'warm' | 'cold';
  judge: string;
}

export function emptyDraft(locale: Locale): CaseDraft {
  return {
    name: '',
    locale,
    blocking: true,
    messages: [{ author: 'visitor', text: '' }],
    contains: '',
    lacks: '',
    regex: '',
    language: '',
    consent: '',
    captures: [],
    handsOff: '',
    card: '',
    words: '',
    noPrice: true,
    tier: '',
    judge: '',
  };
}

export function draftOf(known: EvalCase): CaseDraft {
  const { expect } = known;
  return {
    name: known.name,
    locale: known.locale ?? 'es',
    blocking: known.blocking,
    messages: known.messages,
    contains: (expect.contains ?? []).join('\n'),
    lacks: (expect.not ?? []).join('\n'),
    regex: (expect.regex ?? []).join('\n'),
    language: expect.language ?? '',
    consent: saidOf(expect.asks_for_consent),
    captures: expect.captures ?? [],
    handsOff: saidOf(expect.hands_off),
    card: expect.shows_card ?? '',
    words: expect.max_words?.toString() ?? '',
    noPrice: expect.no_invented_price ?? true,
    tier: expect.tier ?? '',
    judge: expect.judge ?? '',
  };
}

export function expectOf(draft: CaseDraft): CaseBody['expect'] {
  return {
    contains: lines(draft.contains),
    not: lines(draft.lacks),
    regex: lines(draft.regex),
    language: draft.language || null,
    asks_for_consent: meant(draft.consent),
    captures: draft.captures,
    hands_off: meant(draft.handsOff),
    shows_card: draft.card.trim() || null,
    max_words: draft.words ? Number(draft.words) : null,
    no_invented_price: draft.noPrice,
    tier: draft.tier || null,
    judge: draft.judge.trim() || null,
  };
}

/** What the form does not show of a case (its item, its knowledge) stays as it is. */
export function bodyOf(draft: CaseDraft, known?: Pick<EvalCase, 'item' | 'knowledge'>): CaseBody {
  return {
    name: draft.name.trim(),
    locale: draft.locale,
    blocking: draft.blocking,
    messages: draft.messages.map(({ author, text }) => ({ author, text: text.trim() })),
    ...(known?.item && { item: known.item }),
    ...(known?.knowledge && { knowledge: known.knowledge }),
    expect: expectOf(draft),
  };
}

/** Of all the expectations, how many are stated: for a line in a list. */
export function countExpected(expect: EvalCase['expect']): number {
  const several = [expect.contains, expect.not, expect.regex, expect.captures];
  const single = [
    expect.language,
    expect.asks_for_consent,
    expect.hands_off,
    expect.shows_card,
    expect.max_words,
    expect.tier,
    expect.judge,
  ];
  return (
    several.reduce((sum, list) => sum + (list?.length ?? 0), 0) +
    single.filter((one) => one !== undefined && one !== null).length +
    Number(expect.no_invented_price ?? true)
  );
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);

const saidOf = (value: boolean | null | undefined): YesNo => (value == null ? '' : value ? 'yes' : 'no');

const meant = (value: YesNo): boolean | null => (value === '' ? null : value === 'yes');
