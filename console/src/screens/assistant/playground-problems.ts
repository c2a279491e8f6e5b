// Why nothing was answered.

import { ApiProblem } from '../../api/problem';
import type { Speech } from '../../i18n';
import { problemText } from '../../patterns/problems';
import type { Say } from './playground-words';

const BUDGET = 'budget.site_day';

/** `problem` when it could not even be asked; else the `code` of the side that failed. */
export function whyText(speech: Speech, w: Say, problem: unknown, code?: string): string {
  if ((problem instanceof ApiProblem ? problem.code : code) === BUDGET) return w('budget_spent');
  return problem === undefined ? w('side_failed') : problemText(speech, problem);
}
