import en from '../../../locales/en/knowledge.json';
import es from '../../../locales/es/knowledge.json';
import pt from '../../../locales/pt/knowledge.json';
import { screenWords } from '../../i18n/screen';

export const useWords = screenWords({ es, en, pt });
