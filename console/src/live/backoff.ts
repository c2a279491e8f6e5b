// How long to wait before the next attempt: doubling, capped, and never in step with the other tabs.

const FIRST_MS = 500;
const LONGEST_MS = 20_000;

export const backoff = (attempt: number, random: () => number = Math.random): number => {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
};
