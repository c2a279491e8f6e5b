import en from '../../../locales/en/notifications.json';
import es from '../../../locales/es/notifications.json';
import pt from '../../../locales/pt/notifications.json';
import { screenWords } from '../../i18n/screen';

export const useWords = screenWords({ es, en, pt });
