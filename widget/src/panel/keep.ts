// What the panel keeps for itself, in its own storage; where there is none, for as long as the page lives.

const memory = new Map<string, string>();

export function load<T>(key: string, otherwise: T): T {
  try {
    const text = memory.get(key) ?? localStorage.getItem(key);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function save(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    memory.delete(key);
  } catch {
    // Storage is full or forbidden.
    memory.set(key, JSON.stringify(value));
  }
}
