import { useSyncExternalStore } from 'react';

let minute = Math.floor(Date.now() / 60_000);
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function look(): void {
  const now = Math.floor(Date.now() / 60_000);
  if (now === minute) return;
  minute = now;
  listeners.forEach((listener) => listener());
}

/** Minutes since 1970: whoever shows how long ago something was is drawn anew once a minute, all together. */
export function useMinute(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      timer ??= setInterval(look, 5000);
      return () => {
        listeners.delete(listener);
        if (listeners.size) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    () => minute,
  );
}
