// Which versions there are to try out.

import type { Versions } from './data';

/** Newest first; 0, which the server came with, last. */
export const numbersOf = (all: Versions): number[] => [...all.data.map((one) => one.number), 0];

/** What is most likely to be tried out: the newest draft, else the newest version. */
export const proposed = (all: Versions): number =>
  (all.data.find((one) => one.state === 'draft') ?? all.data[0])?.number ?? 0;
