import inbox from '../../locales/es/inbox.json';
import shell from '../../locales/es/shell.json';

export const words = { ...shell, ...inbox };
