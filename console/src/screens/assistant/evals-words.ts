import en from '../../../locales/en/evals.json';
import es from '../../../locales/es/evals.json';
import pt from '../../../locales/pt/evals.json';
import { screenWords } from '../../i18n/screen';

/** The words of evaluation cases, their runs, and what was spent. */
export const useEvalWords = screenWords({ es, en, pt });

export type EvalSay = ReturnType<typeof useEvalWords>;
