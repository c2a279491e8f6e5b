// Whether what is on the screen is live: of the browser's network, and of the inbox's stream.

import { useSyncExternalStore } from 'react';

export type Connection = 'live' | 'connecting' | 'offline';

let stream: 'live' | 'connecting' = 'connecting';
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());
window.addEventListener('online', tell);
window.addEventListener('offline', tell);

export function streamIs(state: 'live' | 'connecting'): void {
  if (stream === state) return;
  stream = state;
  tell();
}

const now = (): Connection => (navigator.onLine ? stream : 'offline');

export function useConnection(): Connection {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, now);
}
