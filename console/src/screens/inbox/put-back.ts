// A message that was not sent goes back to where it was written.

import type { Draft } from './drafts';

const takers = new Map<string, (draft: Draft) => void>();

export function putBack(conversation: string, draft: Draft): void {
  takers.get(conversation)?.(draft);
}

/** While the conversation's composer is shown. */
export function takeBack(conversation: string, take: (draft: Draft) => void): () => void {
  takers.set(conversation, take);
  return () => takers.delete(conversation);
}
