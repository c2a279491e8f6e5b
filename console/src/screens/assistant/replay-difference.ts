// What two replies have in common, word by word.

/** A run of words that only this side has, or that both have; its text keeps the spaces that follow. */
export interface Run {
  text: string;
  changed: boolean;
}

/** `alike`: the share of words that both have, from 0 to 1. */
export interface Difference {
  then: Run[];
  now: Run[];
  alike: number;
}

/** Replies have a few hundred words; what is longer is compared up to here, and the rest counts as changed. */
const MOST_WORDS = 600;

/** A full stop more is no other word. */
const wordsOf = (text: string): string[] => text.match(/^\s+|(?:[\p{L}\p{N}_]+|[^\s])\s*/gu) ?? [];
const sound = (word: string): string => word.trim();

export function difference(then: string, now: string): Difference {
  const left = wordsOf(then);
  const right = wordsOf(now);
  const common = kept(left.slice(0, MOST_WORDS).map(sound), right.slice(0, MOST_WORDS).map(sound));
  const total = left.length + right.length;
  return {
    then: runs(left, new Set(common.map(([i]) => i))),
    now: runs(right, new Set(common.map(([, j]) => j))),
    alike: total === 0 ? 1 : (2 * common.length) / total,
  };
}

/** Places of a longest common subsequence. */
export function kept(left: readonly string[], right: readonly string[]): [number, number][] {
  const width = right.length + 1;
  // lengths[i * width + j] is how much left from i and right from j have in common.
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        left[i] === right[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return pairs;
}

function runs(words: readonly string[], common: ReadonlySet<number>): Run[] {
  const all: Run[] = [];
  words.forEach((text, i) => {
    const changed = !common.has(i);
    const last = all.at(-1);
    if (last?.changed === changed) last.text += text;
    else all.push({ text, changed });
  });
  return all;
}
