import { expect, test } from 'vitest';
import en from '../locales/en.json';
import es from '../locales/es.json';
import pt from '../locales/pt.json';
import { Announcer } from '../src/panel/announce';
import { backoff } from '../src/panel/backoff';
import { dayOf, money, speech, timeOf } from '../src/panel/i18n';

test('the first language that we speak, with its region', () => {
  expect(speech(['de', 'pt-BR', 'en']).tag).toBe('pt-BR');
  expect(speech(['es_DO']).tag).toBe('es-DO');
  expect(speech([undefined, null, '', 'xx'], 'en').locale).toBe('en');
  expect(speech(['en"><script>'], 'es').locale).toBe('es');
});

test('the pseudo-locale is English from right to left', () => {
  expect(speech(['en-XB'])).toMatchObject({ locale: 'en', tag: 'en', dir: 'rtl' });
});

test('every language has every key, with the same slots', () => {
  const slots = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const other of [en, pt]) {
    expect(Object.keys(other).sort()).toEqual(Object.keys(es).sort());
    for (const [key, text] of Object.entries(es))
      expect(slots(other[key as keyof typeof es])).toEqual(slots(text));
  }
});

test('dates and money as the region writes them', () => {
  const now = new Date(2026, 10, 20, 12);
  const speaks = speech(['es-DO']);
  expect(dayOf(speaks, new Date(2026, 10, 20, 1), now)).toBe('Hoy');
  expect(dayOf(speaks, new Date(2026, 10, 19, 23), now)).toBe('Ayer');
  expect(dayOf(speaks, new Date(2026, 0, 21), now)).toContain('21 de enero');
  expect(dayOf(speaks, new Date(2024, 0, 21), now)).toContain('2024');
  expect(money('es-DO', 1250000, 'DOP')).toBe('RD$1,250,000');
  expect(money('en', 5, 'not a currency')).toBe('5');
  expect(timeOf('en-US', new Date(2026, 1, 1, 14, 5))).toMatch(/2:05/);
});

test('waiting grows, stays under its ceiling, and is never in step', () => {
  expect(backoff(0, () => 0)).toBe(250);
  expect(backoff(0, () => 1)).toBe(500);
  expect(backoff(50, () => 1)).toBe(20_000);
  expect(backoff(3, () => 0.2)).not.toBe(backoff(3, () => 0.7));
});

test('sixty tokens are at most three announcements, and all of the text', () => {
  for (const words of [4, 6, 9]) {
    const tokens = Array.from({ length: 60 }, (_, i) => 'x'.repeat(words) + (i % 8 === 7 ? '. ' : ' '));
    const said: string[] = [];
    const announcer = new Announcer((text) => said.push(text));
    let text = '';
    for (const token of tokens) announcer.grow((text += token));
    announcer.finish(text);
    expect(said.length).toBeLessThanOrEqual(3);
    expect(said.join(' ')).toBe(text.trim());
  }
});
