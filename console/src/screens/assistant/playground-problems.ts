// Why nothing was answered.

import { ApiProblem } from '../../api/problem';
import type { Speech } from '../../i18n';
import { problemText } from '../../patterns/problems';
import type { Say } from './playground-words';

const BUDGET = 'budget.site_day';

const KNOWN = [
  'guard_invented_price',
  'guard_invented_availability',
  'guard_leak',
  'guard_empty',
  'timeout',
  'unavailable',
  'rate_limited',
  'quota',
  'auth',
  'refused',
  'filtered',
  'truncated',
] as const;

/** Why the guided assistant answered in the model's place; for what has no words of its own, the code. */
export function fellBackText(w: Say, failure: string): string {
  const known = KNOWN.find((one) => one === failure);
  return w('fell_back', { why: known ? w(`why_${known}`) : w('why_other', { code: failure }) });
}

/** `problem` when it could not even be asked; else the `code` of the side that failed. */
export function whyText(speech: Speech, w: Say, problem: unknown, code?: string): string {
  if ((problem instanceof ApiProblem ? problem.code : code) === BUDGET) return w('budget_spent');
  return problem === undefined ? w('side_failed') : problemText(speech, problem);
}
