import inbox from '../../locales/pt/inbox.json';
import shell from '../../locales/pt/shell.json';

export const words = { ...shell, ...inbox };
