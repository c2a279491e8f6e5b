// A reply is read out at the ends of sentences, in a few large pieces: a live region that grows by words is torture.

/** Nothing shorter is read out before the reply is over. */
export const ENOUGH = 180;

export class Announcer {
  private said = 0;

  constructor(private readonly say: (text: string) => void) {}

  /** The text so far. Speaks when whole sentences of some length have come together. */
  grow(text: string): void {
    if (text.length - this.said < ENOUGH) return;
    const end = lastSentenceEnd(text);
    if (end - this.said >= ENOUGH) this.speak(text, end);
  }

  /** The whole text: speaks what was not spoken yet. */
  finish(text: string): void {
    this.speak(text, text.length);
    this.said = 0;
  }

  reset(): void {
    this.said = 0;
  }

  private speak(text: string, end: number): void {
    const piece = text.slice(this.said, end).trim();
    this.said = end;
    if (piece) this.say(piece);
  }
}

function lastSentenceEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/[.!?…:](?=\s)|\n/g)) end = match.index + 1;
  return end;
}
