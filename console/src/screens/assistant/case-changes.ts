// A case as texts by what they are, for people: what it was, and what an edit changed.

import { LOCALE_NAMES } from '../../i18n';
import type { CaseItem, CaseEdit } from './evals-data';
import type { EvalSay } from './evals-words';
import { kept } from './replay-difference';

export interface Told {
  label: string;
  text: string;
}

export interface Line {
  text: string;
  mark: 'ins' | 'del' | null;
}

/** What went and what came, line by line, among what stayed. */
export interface Change {
  label: string;
  lines: Line[];
}

/** Everything that is stated of a case, in the form's order and words; what is not stated is left out. */
export function textsOf(w: EvalSay, one: CaseEdit): Told[] {
  return every(w, one).filter(({ text }) => text !== '');
}

/** What is different; of two things that are the same, nothing. */
export function changesOf(w: EvalSay, before: CaseEdit, after: CaseEdit): Change[] {
  const then = every(w, before);
  return every(w, after)
    .map(({ label, text }, n) => ({ label, lines: linesOf(then[n]!.text, text) }))
    .filter(({ lines }) => lines.some((line) => line.mark !== null));
}

function linesOf(before: string, after: string): Line[] {
  const then = before === '' ? [] : before.split('\n');
  const now = after === '' ? [] : after.split('\n');
  const lines: Line[] = [];
  let left = 0;
  let right = 0;
  const change = (i: number, j: number): void => {
    while (left < i) lines.push({ text: then[left++]!, mark: 'del' });
    while (right < j) lines.push({ text: now[right++]!, mark: 'ins' });
  };
  for (const [i, j] of kept(then, now)) {
    change(i, j);
    lines.push({ text: now[right++]!, mark: null });
    left++;
  }
  change(then.length, now.length);
  return lines;
}

function every(w: EvalSay, one: CaseEdit): Told[] {
  const { expect, knowledge, messages } = one;
  const answer = (said: boolean | null | undefined): string =>
    said == null ? '' : w(said ? 'must' : 'must_not');
  const told: [string, string][] = [
    [w('case_name'), one.name],
    [w('case_messages'), messages.map((m) => `${w(`author_${m.author}`)}: ${m.text}`).join('\n')],
    [w('case_locale'), LOCALE_NAMES[one.locale ?? 'es']],
    [w('page_item'), one.item ? itemText(w, one.item) : ''],
    [
      w('own_knowledge'),
      knowledge
        ? [
            ...(knowledge.items ?? []).map((item) => itemText(w, item)),
            ...(knowledge.documents ?? []).map(({ title, body }) => `${title}\n${body}`),
          ].join('\n\n') || w('facts_none')
        : '',
    ],
    [w('case_has'), (expect.contains ?? []).join('\n')],
    [w('case_lacks'), (expect.not ?? []).join('\n')],
    [w('case_regex'), (expect.regex ?? []).join('\n')],
    [w('case_language'), expect.language ? LOCALE_NAMES[expect.language] : ''],
    [w('case_consent'), answer(expect.asks_for_consent)],
    [w('case_hands_off'), answer(expect.hands_off)],
    [w('case_tier'), expect.tier ? w(`tier_${expect.tier}`) : ''],
    [w('case_words'), expect.max_words?.toString() ?? ''],
    [w('case_card'), expect.shows_card ?? ''],
    [w('case_captures'), (expect.captures ?? []).map((field) => w(`field_${field}`)).join(', ')],
    [w('case_no_price'), answer(expect.no_invented_price ?? true)],
    [w('case_judge'), expect.judge ?? ''],
    [w('case_tags'), (one.tags ?? []).join('\n')],
    [w('case_blocking'), answer(one.blocking ?? true)],
  ];
  return told.map(([label, text]) => ({ label, text }));
}

function itemText(w: EvalSay, item: CaseItem): string {
  const price = item.price == null ? '' : [item.price, item.currency].filter(Boolean).join(' ');
  const availability = item.availability ? w(`availability_${item.availability}`) : '';
  return [
    [item.title, item.id, price, availability].filter(Boolean).join(' · '),
    ...(item.facts ?? []).map((fact) => `– ${fact}`),
  ].join('\n');
}
