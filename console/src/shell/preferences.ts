// What one person wants in this browser: kept here, shared by its tabs.

import { useSyncExternalStore } from 'react';

export interface Preferences {
  /** Shortcuts of a single letter (WCAG 2.1.4: they can be switched off). */
  letters: boolean;
  sound: boolean;
  /** Unread messages are counted in the tab's title. */
  titleCount: boolean;
  /** Enter sends; otherwise only with Ctrl or ⌘. */
  enterSends: boolean;
  /** The lead's pane stands beside the conversation, where there is room. */
  leadPane: boolean;
}

const KEY = 'talia.staff.preferences';
const DEFAULTS: Preferences = {
  letters: true,
  sound: true,
  titleCount: true,
  enterSends: true,
  leadPane: true,
};

let current = load();
const listeners = new Set<() => void>();

function load(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}

export const preferences = {
  get: (): Preferences => current,
  set(change: Partial<Preferences>): void {
    current = { ...current, ...change };
    localStorage.setItem(KEY, JSON.stringify(current));
    listeners.forEach((listener) => listener());
  },
};

window.addEventListener('storage', (change) => {
  if (change.key !== KEY) return;
  current = load();
  listeners.forEach((listener) => listener());
});

export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, preferences.get);
}
