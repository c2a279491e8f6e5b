import en from '../../../locales/en/rehearsal.json';
import es from '../../../locales/es/rehearsal.json';
import pt from '../../../locales/pt/rehearsal.json';
import { screenWords } from '../../i18n/screen';

/** The words of the playground and of replays. */
export const useRehearsalWords = screenWords({ es, en, pt });

export type Say = ReturnType<typeof useRehearsalWords>;
