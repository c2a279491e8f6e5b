import inbox from '../../locales/en/inbox.json';
import shell from '../../locales/en/shell.json';

export const words = { ...shell, ...inbox };
