// What the visitor wrote and the server has not confirmed. Sent one by one, in order, under an id of our own:
// however often it is sent again, from however many tabs, the server keeps it once.

export interface Pending {
  id: string;
  text: string;
  at: number;
  state: 'waiting' | 'failed';
}

export type Outcome = 'stored' | 'later' | 'refused';

export interface OutboxHooks {
  send: (pending: Pending) => Promise<Outcome>;
  changed: (list: readonly Pending[]) => void;
  pause: (attempt: number) => Promise<void>;
}

export const newId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return 'w-' + Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
};

/** After this many attempts a message is shown as failed, and the visitor decides. */
export const ATTEMPTS = 6;

export class Outbox {
  private list: readonly Pending[] = [];
  private running: Promise<void> | null = null;

  constructor(private readonly hooks: OutboxHooks) {}

  get pending(): readonly Pending[] {
    return this.list;
  }

  /** Take over what an earlier page left behind. */
  restore(list: readonly Pending[]): void {
    const known = new Set(this.list.map((p) => p.id));
    this.set([...list.filter((p) => !known.has(p.id)), ...this.list]);
    void this.flush();
  }

  add(text: string, at: number): Pending {
    const pending: Pending = { id: newId(), text, at, state: 'waiting' };
    this.set([...this.list, pending]);
    void this.flush();
    return pending;
  }

  retry(id: string): void {
    this.set(this.list.map((p) => (p.id === id ? { ...p, state: 'waiting' } : p)));
    void this.flush();
  }

  /** The stream showed it: it is stored, whatever became of the request. */
  confirm(id: string): void {
    if (this.list.some((p) => p.id === id)) this.set(this.list.filter((p) => p.id !== id));
  }

  clear(): void {
    this.set([]);
  }

  /** Runs until nothing waits; called again meanwhile, it joins. */
  flush(): Promise<void> {
    this.running ??= this.drain().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async drain(): Promise<void> {
    let attempt = 0;
    for (;;) {
      const next = this.list.find((p) => p.state === 'waiting');
      if (!next) return;
      const outcome = await this.hooks.send(next);
      if (outcome === 'stored') {
        attempt = 0;
        this.confirm(next.id);
      } else if (outcome === 'refused' || ++attempt >= ATTEMPTS) {
        attempt = 0;
        this.set(this.list.map((p) => (p.id === next.id ? { ...p, state: 'failed' } : p)));
      } else {
        await this.hooks.pause(attempt);
      }
    }
  }

  private set(list: readonly Pending[]): void {
    this.list = list;
    this.hooks.changed(list);
  }
}
