import type { useWords } from './words';

type Say = ReturnType<typeof useWords>;

export const versionName = (w: Say, number: number): string =>
  number === 0 ? w('shipped') : w('version', { number });
