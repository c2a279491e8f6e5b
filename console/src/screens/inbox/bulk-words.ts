import en from '../../../locales/en/bulk.json';
import es from '../../../locales/es/bulk.json';
import pt from '../../../locales/pt/bulk.json';
import { screenWords } from '../../i18n/screen';

export const useWords = screenWords({ es, en, pt });
