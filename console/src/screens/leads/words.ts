import en from '../../../locales/en/leads.json';
import es from '../../../locales/es/leads.json';
import pt from '../../../locales/pt/leads.json';
import { screenWords } from '../../i18n/screen';

export const useWords = screenWords({ es, en, pt });
