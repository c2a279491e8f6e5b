import en from '../../../locales/en/assistant.json';
import es from '../../../locales/es/assistant.json';
import pt from '../../../locales/pt/assistant.json';
import { screenWords } from '../../i18n/screen';

export const useWords = screenWords({ es, en, pt });
