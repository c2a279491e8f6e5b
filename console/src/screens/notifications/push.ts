// This browser as one of those that the server pushes to: asking, subscribing, and leaving again.

import { api, read } from '../../api/client';

/** Where the worker works: `/console` itself too, which a path with a slash would leave out. */
const SCOPE = '/console';
const WORKER = '/console/sw.js';
const MINE = 'talia.staff.push';
const LABEL_CHARS = 200;

export interface Subscribed {
  id: string;
  label: string | null;
  created_at: string;
  last_sent_at: string | null;
}

/** Why this browser cannot be asked at all, if it cannot. */
export function whyNot(): 'unsupported' | 'insecure' | null {
  if (!window.isSecureContext) return 'insecure';
  const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  return able ? null : 'unsupported';
}

export const permission = (): NotificationPermission =>
  'Notification' in window ? Notification.permission : 'denied';

/** Who asked for it in this browser, and under which id the server knows it. */
export function mine(): { staff: string; id: string } | null {
  try {
    return JSON.parse(localStorage.getItem(MINE) ?? 'null') as { staff: string; id: string } | null;
  } catch {
    return null;
  }
}

/** Asks the browser, then tells the server. Null when whoever was asked said no. */
export async function subscribe(staff: string): Promise<Subscribed | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  return announce(staff, await ready());
}

/** Keys and endpoints change now and then; the server takes the same browser again as often as it likes. */
export async function renew(staff: string): Promise<void> {
  if (mine()?.staff !== staff || whyNot() || permission() !== 'granted') return;
  await announce(staff, await navigator.serviceWorker.register(WORKER, { scope: SCOPE }).then(ready));
}

/** From now on this browser gets nothing; its push service tells the server so too. */
export async function leave(): Promise<void> {
  localStorage.removeItem(MINE);
  if (whyNot()) return;
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

async function announce(staff: string, registration: ServiceWorkerRegistration): Promise<Subscribed> {
  const { public_key } = await read<{ public_key: string }>(api.GET('/api/v1/notifications/push-key'));
  const { endpoint, keys } = (await subscription(registration, bytesOf(public_key))).toJSON();
  const body = {
    endpoint: endpoint!,
    keys: { p256dh: keys!['p256dh']!, auth: keys!['auth']! },
    label: browserName().slice(0, LABEL_CHARS),
  };
  const known = await read<Subscribed>(api.POST('/api/v1/notifications/subscriptions', { body }));
  localStorage.setItem(MINE, JSON.stringify({ staff, id: known.id }));
  return known;
}

/** The one there is, unless it was made for another key of the server's. */
async function subscription(
  { pushManager }: ServiceWorkerRegistration,
  key: Uint8Array<ArrayBuffer>,
): Promise<PushSubscription> {
  const known = await pushManager.getSubscription();
  const before = known?.options.applicationServerKey;
  if (known && before && sameBytes(new Uint8Array(before), key)) return known;
  await known?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** The registration once its worker is active: nothing can be subscribed to before. */
async function ready(): Promise<ServiceWorkerRegistration> {
  const registration = (await navigator.serviceWorker.getRegistration(SCOPE))!;
  const coming = registration.installing ?? registration.waiting;
  if (!registration.active && coming)
    await new Promise<void>((done) =>
      coming.addEventListener('statechange', () => coming.state === 'activated' && done()),
    );
  return registration;
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** For the list: "Chrome · Windows", as far as the browser tells. */
function browserName(): string {
  const agent = navigator.userAgent;
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(agent)?.[1] ?? 'Browser';
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1] ?? '';
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  return [names[browser] ?? browser, names[system] ?? system].filter(Boolean).join(' · ');
}
