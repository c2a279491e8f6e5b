// What the host page says about itself is only as good as the page: what the API would refuse is left out here, so
// that a slip in somebody's markup costs a picture and not the chat.

import type { Item, PageInfo } from '../shared/protocol';

const TEXT = 200;
const ADDRESS = 2000;

const text = (value: unknown, longest = TEXT): string | undefined => {
  const clean = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  // Control characters and halves of surrogate pairs are not text.
  return (
    clean
      .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
      .trim()
      .slice(0, longest)
      .replace(/\p{Cs}$/u, '') || undefined
  );
};

function address(value: unknown): string | undefined {
  try {
    const url = new URL(String(value));
    return /^https?:$/.test(url.protocol) && url.href.length <= ADDRESS ? url.href : undefined;
  } catch {
    return undefined;
  }
}

const given = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;

/** Null without a title: then there is nothing to show. */
export function cleanItem(value: unknown): Item | null {
  const item = (value ?? {}) as Record<string, unknown>;
  const title = text(item['title']);
  if (!title) return null;
  const price = typeof item['price'] === 'string' ? Number(item['price']) : item['price'];
  const facts = Array.isArray(item['facts'])
    ? item['facts'].map((f) => text(f)).filter((f) => f !== undefined)
    : [];
  return given({
    title,
    type: text(item['type']),
    id: text(item['id']),
    price: typeof price === 'number' && price >= 0 && price <= 1e15 ? price : undefined,
    currency: /^[A-Z]{3}$/.test(String(item['currency'])) ? String(item['currency']) : undefined,
    image: address(item['image']),
    url: address(item['url']),
    facts: facts.length ? facts.slice(0, 20) : undefined,
  }) as Item;
}

export function cleanPage(page: PageInfo): PageInfo | null {
  const url = address(page.url);
  if (!url) return null;
  const landing = page.landing && address(page.landing.url);
  return given({
    url,
    title: text(page.title) ?? '',
    referrer: address(page.referrer),
    landing: landing ? given({ url: landing, referrer: address(page.landing?.referrer) }) : undefined,
  }) as PageInfo;
}
