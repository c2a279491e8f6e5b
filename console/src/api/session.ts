// Who is signed in here. The token is kept for this browser, so that a second tab need not ask for the password again;
// it goes into a header and nowhere else.

import { useSyncExternalStore } from 'react';

const TOKEN = 'talia.staff.token';
const SITE = 'talia.staff.site';

/** Why nobody is signed in any more. */
export type Ended = 'expired' | 'signed_out' | null;

let ended: Ended = null;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

/** The key that names the site: of the address, else of the last visit, else the page's own. */
export const siteKey: string = (() => {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="talia-site-key"]')?.content ?? '';
  const asked = new URLSearchParams(location.search).get('site');
  if (asked && meta) localStorage.setItem(SITE, meta);
  return asked ? meta : localStorage.getItem(SITE) || meta;
})();

/** The site's key was replaced. Who never named a site gets the page's own, which is new by itself. */
export const rememberSite = (key: string): void => {
  if (localStorage.getItem(SITE)) localStorage.setItem(SITE, key);
};

export const session = {
  get token(): string | null {
    return localStorage.getItem(TOKEN);
  },
  get ended(): Ended {
    return ended;
  },
  begin(token: string): void {
    localStorage.setItem(TOKEN, token);
    ended = null;
    tell();
  },
  end(why: Ended): void {
    if (!localStorage.getItem(TOKEN)) return;
    localStorage.removeItem(TOKEN);
    ended = why;
    tell();
  },
};

// Signed in or out in another tab.
window.addEventListener('storage', (change) => {
  if (change.key === TOKEN || change.key === null) tell();
});

export function useToken(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session.token,
  );
}
