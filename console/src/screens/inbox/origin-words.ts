import en from '../../../locales/en/origin.json';
import es from '../../../locales/es/origin.json';
import pt from '../../../locales/pt/origin.json';
import { screenWords } from '../../i18n/screen';

export const useWords = screenWords({ es, en, pt });
