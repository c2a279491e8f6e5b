// What somebody has begun to write, per conversation: it outlives switching, reloading, and a lost connection.

export type Mode = 'reply' | 'note';

export interface Draft {
  mode: Mode;
  text: string;
}

const KEY = 'talia.draft.';
const keyOf = (me: string, uuid: string): string => `${KEY}${me}.${uuid}`;
const MOST = 100;

export function loadDraft(me: string, uuid: string): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(me, uuid)) ?? 'null') as Partial<Draft> | null;
    if (kept?.text) return { mode: kept.mode === 'note' ? 'note' : 'reply', text: kept.text };
  } catch {
    // Written by something else: there is no draft.
  }
  return { mode: 'reply', text: '' };
}

export function saveDraft(me: string, uuid: string, draft: Draft): void {
  const key = keyOf(me, uuid);
  if (!draft.text.trim()) return localStorage.removeItem(key);
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    makeRoom();
  }
}

export const hasDraft = (me: string, uuid: string): boolean => localStorage.getItem(keyOf(me, uuid)) !== null;

function makeRoom(): void {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEY));
  for (const key of keys.slice(0, Math.max(1, keys.length - MOST))) localStorage.removeItem(key);
}
