// Which of the cases a run plays.

import type { EvalCase } from './evals-data';
import type { EvalSay } from './evals-words';

/** `all`, `blocking`, `some` of them one by one, or `tag:<a tag>`. */
export type Which = string;
export type Chosen = ReadonlySet<string>;

const TAG = 'tag:';

export function chosenOf(cases: readonly EvalCase[], which: Which, some: Chosen): readonly EvalCase[] {
  if (which === 'blocking') return cases.filter((one) => one.blocking);
  if (which === 'some') return cases.filter((one) => some.has(one.id));
  if (which.startsWith(TAG)) return cases.filter((one) => one.tags?.includes(which.slice(TAG.length)));
  return cases;
}

export function whichOptions(w: EvalSay, cases: readonly EvalCase[]): [Which, string][] {
  const blocking = cases.filter((one) => one.blocking).length;
  const tags = [...new Set(cases.flatMap((one) => one.tags ?? []))].sort();
  return [
    ['all', w('which_all', { count: cases.length })],
    ...(blocking > 0 && blocking < cases.length
      ? [['blocking', w('which_blocking', { count: blocking })] as [Which, string]]
      : []),
    ...tags.map((tag): [Which, string] => [
      TAG + tag,
      w('which_tag', { tag, count: cases.filter((one) => one.tags?.includes(tag)).length }),
    ]),
    ['some', w('which_some')],
  ];
}

/** By name, tag, or what is said in it. */
export function matches(one: EvalCase, text: string): boolean {
  const wanted = text.trim().toLocaleLowerCase();
  const said = [one.name, ...(one.tags ?? []), ...one.messages.map((message) => message.text)];
  return said.some((words) => words.toLocaleLowerCase().includes(wanted));
}
