import en from '../../../locales/en/site.json';
import es from '../../../locales/es/site.json';
import pt from '../../../locales/pt/site.json';
import { screenWords } from '../../i18n/screen';

export const useWords = screenWords({ es, en, pt });
