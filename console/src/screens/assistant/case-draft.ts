// A case as the form holds it, and as the server takes it.

import type { Locale } from '../../i18n';
import type { CaseBody, CaseItem, EvalCase } from './evals-data';

export type Author = 'visitor' | 'assistant' | 'seller';
export type Field = 'name' | 'email' | 'phone';
/** '' says nothing about it. */
export type YesNo = '' | 'yes' | 'no';

export type Availability = NonNullable<CaseItem['availability']>;
export const AVAILABILITIES: readonly Availability[] = ['available', 'reserved', 'sold', 'on_order'];

/** `facts`: one on a line. '' is not known. */
export interface ItemDraft {
  id: string;
  title: string;
  price: string;
  currency: string;
  availability: '' | Availability;
  facts: string;
}

export interface KnowledgeDraft {
  items: ItemDraft[];
  documents: { title: string; body: string }[];
}

export const EMPTY_ITEM: ItemDraft = {
  id: 'item',
  title: '',
  price: '',
  currency: '',
  availability: '',
  facts: '',
};

/** `knowledge` null: the site's own. `tags` are separated by commas. `contains`, `lacks` and `regex`: one on a line. `messages` end with the visitor's, which is answered. */
export interface CaseDraft {
  name: string;
  locale: Locale;
  blocking: boolean;
  tags: string;
  item: ItemDraft | null;
  knowledge: KnowledgeDraft | null;
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
    tags: '',
    item: null,
    knowledge: null,
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

export function draftOf(known: CaseBody): CaseDraft {
  const { expect, item, knowledge } = known;
  return {
    name: known.name,
    locale: known.locale ?? 'es',
    blocking: known.blocking ?? true,
    tags: (known.tags ?? []).join(', '),
    item: item ? itemDraftOf(item) : null,
    knowledge: knowledge
      ? { items: (knowledge.items ?? []).map(itemDraftOf), documents: knowledge.documents ?? [] }
      : null,
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

export function itemDraftOf(item: CaseItem): ItemDraft {
  return {
    id: item.id,
    title: item.title,
    price: item.price?.toString() ?? '',
    currency: item.currency ?? '',
    availability: item.availability ?? '',
    facts: (item.facts ?? []).join('\n'),
  };
}

function itemOf(draft: ItemDraft): CaseItem {
  return {
    id: draft.id.trim(),
    title: draft.title.trim(),
    price: draft.price === '' ? null : Number(draft.price),
    currency: draft.currency || null,
    availability: draft.availability || null,
    facts: lines(draft.facts),
  };
}

export function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((one) => one.trim()))].filter(Boolean);
}

export function bodyOf(draft: CaseDraft): CaseBody {
  const { item, knowledge } = draft;
  return {
    name: draft.name.trim(),
    locale: draft.locale,
    blocking: draft.blocking,
    tags: tagsOf(draft.tags),
    messages: draft.messages.map(({ author, text }) => ({ author, text: text.trim() })),
    ...(item && { item: itemOf(item) }),
    ...(knowledge && {
      knowledge: {
        items: knowledge.items.map(itemOf),
        documents: knowledge.documents.map(({ title, body }) => ({ title: title.trim(), body: body.trim() })),
      },
    }),
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
