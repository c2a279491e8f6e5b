import en from '../../../locales/en/definition.json';
import es from '../../../locales/es/definition.json';
import pt from '../../../locales/pt/definition.json';
import { screenWords } from '../../i18n/screen';

/** The words of the form that an assistant is written with. */
export const useDefinitionWords = screenWords({ es, en, pt });
