// Waiting that ends early when the network comes back; and what to do with a tab that nobody looks at.

export class Patience {
  private readonly sleepers = new Set<() => void>();

  /** Resolves after `ms`; while the browser is offline, not before it is online again. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.sleepers.delete(done);
        resolve();
      };
      const timer = setTimeout(() => navigator.onLine && done(), ms);
      this.sleepers.add(done);
    });
  }

  wake(): void {
    [...this.sleepers].forEach((done) => done());
  }
}

/**
 * Browsers allow few connections to one server. Of all hidden tabs with this chat, one keeps its stream, for the
 * badge and the sound; the others call `rest` and come back when they are looked at.
 */
export async function hide(key: string, rest: () => void): Promise<void> {
  if (!navigator.locks) return;
  await navigator.locks.request(`talia:hidden:${key}`, { ifAvailable: true }, async (lock) => {
    if (lock) await shown();
    else if (document.hidden) rest();
  });
}

const shown = (): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    look();
  });
