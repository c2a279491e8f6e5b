// The console's service worker: shows what the server pushes when nobody looks at the console, and opens what it is
// about. It answers no requests and keeps nothing.

/** What the server sends (app/notifications/compose.py): names and items, never what was written. */
interface News {
  title: string;
  body: string;
  url: string;
  tag: string;
  conversation: string | null;
}

interface Tab {
  readonly url: string;
  readonly focused: boolean;
  focus(): Promise<Tab>;
  postMessage(message: unknown): void;
}

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Pushed extends Waiting {
  readonly data: { json(): unknown } | null;
}

interface Clicked extends Waiting {
  readonly notification: Notification;
}

/** The part of ServiceWorkerGlobalScope that is used here: its own library cannot stand beside that of pages. */
interface Worker {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Tab[]>;
    openWindow(url: string): Promise<Tab | null>;
  };
  addEventListener(type: 'push', listener: (event: Pushed) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: Clicked) => void): void;
}

const worker = globalThis as unknown as Worker;
const CONSOLE = '/console';

worker.addEventListener('push', (event) => {
  const news = read(event.data);
  if (news) event.waitUntil(show(news));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String((event.notification.data as { path?: unknown } | null)?.path ?? CONSOLE)));
});

function read(data: Pushed['data']): News | null {
  try {
    const news = data?.json() as Partial<News> | null;
    return typeof news?.title === 'string' && typeof news.url === 'string' ? (news as News) : null;
  } catch {
    return null;
  }
}

async function show(news: News): Promise<void> {
  const path = pathOf(news.url);
  // Whoever has it before their eyes need not be told.
  const looking = (await tabs()).some((tab) => tab.focused && new URL(tab.url).pathname === path);
  if (looking) return;
  const options = { body: news.body, tag: news.tag, renotify: true, icon: '/demo/icon.svg', data: { path } };
  await worker.registration.showNotification(news.title, options);
}

async function open(path: string): Promise<void> {
  const [tab] = await tabs();
  if (!tab) {
    await worker.clients.openWindow(path);
    return;
  }
  tab.postMessage({ type: 'talia.open', path });
  await tab.focus();
}

/** Tabs with the console, signed in or not. */
async function tabs(): Promise<Tab[]> {
  const all = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter((tab) => new URL(tab.url).pathname.startsWith(CONSOLE));
}

/** A path of the console on this very host, whatever address was pushed. */
function pathOf(url: string): string {
  const { pathname } = new URL(url, worker.location.origin);
  return pathname.startsWith(CONSOLE + '/') ? pathname : CONSOLE;
}
