import en from '../../../locales/en/team.json';
import es from '../../../locales/es/team.json';
import pt from '../../../locales/pt/team.json';
import { screenWords } from '../../i18n/screen';

export const useWords = screenWords({ es, en, pt });
