import { expect, test } from 'vitest';
import { cleanItem, cleanPage } from '../src/panel/context';

test('what the API would refuse is left out, the rest stays', () => {
  expect(
    cleanItem({
      title: '  Toyota\u0000 Corolla ',
      price: '1250000',
      currency: 'RD$',
      image: 'javascript:alert(1)',
      url: 'https://shop.example/x',
      facts: ['25,000 km', 7, null, { a: 1 }],
      extra: true,
    }),
  ).toEqual({
    title: 'Toyota  Corolla',
    price: 1250000,
    url: 'https://shop.example/x',
    facts: ['25,000 km', '7'],
  });
  expect(cleanItem({ title: 'x', price: -1, url: 'https://a.example/' + 'x'.repeat(3000) })).toEqual({
    title: 'x',
  });
  expect(cleanItem({ title: 'x'.repeat(199) + '😀' })!.title).toHaveLength(199);
});

test('without a title there is no item, and without an address no page', () => {
  for (const nothing of [null, undefined, 7, 'x', [], {}, { title: ' ' }])
    expect(cleanItem(nothing)).toBeNull();
  expect(cleanPage({ url: 'file:///tmp/x.html', title: 'x' })).toBeNull();
  expect(
    cleanPage({
      url: 'https://a.example/',
      title: 'A',
      referrer: '',
      landing: { url: 'https://a.example/?gclid=1', title: 'L', referrer: 'android-app://x' },
    }),
  ).toEqual({ url: 'https://a.example/', title: 'A', landing: { url: 'https://a.example/?gclid=1' } });
});
