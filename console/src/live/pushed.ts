// What the service worker asks of an open tab, and keeping this browser known to the server.

import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useMe } from '../shell/me';

interface Asked {
  type: 'talia.open';
  path: string;
}

const isAsked = (data: unknown): data is Asked =>
  (data as Partial<Asked> | null)?.type === 'talia.open' && typeof (data as Asked).path === 'string';

/** A notification was clicked: this tab shows what it is about, without loading anew. */
export function usePushed(): void {
  const [, go] = useLocation();
  const { uuid } = useMe();
  useEffect(() => {
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    const hear = ({ data }: MessageEvent<unknown>): void => {
      if (isAsked(data)) go(data.path.replace(/^\/console(?=\/|$)/, '') || '/');
    };
    worker?.addEventListener('message', hear);
    worker?.startMessages();
    return () => worker?.removeEventListener('message', hear);
  }, [go]);
  useEffect(() => {
    // Only who asked for notifications here has something to renew; the others need not load how.
    if (localStorage.getItem('talia.staff.push') === null) return;
    void import('../screens/notifications/push')
      .then(({ renew }) => renew(uuid))
      .catch((error: unknown) => console.warn('talia: notifications were not renewed', error));
  }, [uuid]);
}
