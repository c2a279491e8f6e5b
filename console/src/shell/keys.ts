// The keyboard map. Screens say which keys they know while they are shown; the `?` dialog lists what is known just now.

import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Key } from '../i18n';
import { preferences } from './preferences';

export interface Shortcut {
  /** `j`, `?`, `Escape`, `mod+k`, `mod+Enter`: `mod` is Ctrl, or ⌘ on a Mac. */
  keys: string;
  label: Key;
  run: (press: KeyboardEvent) => void;
  /** Also while somebody types. */
  inFields?: boolean;
}

export interface ShortcutGroup {
  title: Key;
  shortcuts: readonly Shortcut[];
  first: boolean;
}

const groups: ShortcutGroup[] = [];
let known: readonly ShortcutGroup[] = [];
const listeners = new Set<() => void>();

function changed(): void {
  known = [...groups];
  listeners.forEach((listener) => listener());
}

/** While the caller is shown. What was said last wins; `first` wins over all that is not. */
export function useShortcuts(title: Key, shortcuts: readonly Shortcut[], { first = false } = {}): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const shape = shortcuts.map((s) => s.keys + s.label).join();
  useEffect(() => {
    const group: ShortcutGroup = {
      title,
      shortcuts: latest.current.map((s, i) => ({ ...s, run: (press) => latest.current[i]?.run(press) })),
      first,
    };
    groups.push(group);
    changed();
    return () => {
      groups.splice(groups.indexOf(group), 1);
      changed();
    };
  }, [title, shape, first]);
}

export function useKnownShortcuts(): readonly ShortcutGroup[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => known,
  );
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** What the key press is called in the map. */
export function keysOf(press: KeyboardEvent): string {
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return (mod ? 'mod+' : '') + key;
}

/** Where letters are words; a box to tick has none. */
const FIELDS = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest(FIELDS) !== null;

/** They have the keyboard to themselves. */
const KEEPERS = '[role="dialog"], [role="menu"]';

function pressed(press: KeyboardEvent): void {
  if (press.isComposing || press.altKey) return;
  const keys = keysOf(press);
  const letter = keys.length === 1 && keys !== '?';
  if (letter && (!preferences.get().letters || (isMac ? press.ctrlKey : press.metaKey))) return;
  if (document.querySelector(KEEPERS)) return;
  for (const group of [...groups].reverse().sort((a, b) => Number(b.first) - Number(a.first))) {
    const found = group.shortcuts.find((s) => s.keys === keys);
    if (!found || (typing(press.target) && !found.inFields)) continue;
    press.preventDefault();
    found.run(press);
    return;
  }
}

// Before anybody else hears of it: what closes at this very press must still count as open.
window.addEventListener('keydown', pressed, { capture: true });
