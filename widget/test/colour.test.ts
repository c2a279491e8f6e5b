import { expect, test } from 'vitest';
import { checkedAccent, contrast, readableOn, textOn, ThemeError } from '../src/shared/colour';
import { DEFAULT_ACCENT, resolveTheme } from '../src/panel/theme';

test('contrast is the standard’s', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

test('whatever the accent, the computed text can be read on it, and the accent as text can be read on its surface', () => {
  for (let i = 0; i < 4096; i += 7) {
    const accent = '#' + [8, 4, 0].map((shift) => ((i >> shift) & 15).toString(16).repeat(2)).join('');
    expect(contrast(accent, textOn(accent))).toBeGreaterThanOrEqual(4.5);
    for (const surface of ['#ffffff', '#f1f3f8', '#1b1e27', '#2a2e3b']) {
      expect(contrast(readableOn(surface, accent), surface)).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test('a pair that cannot be read is refused, with its ratio and what to use instead', () => {
  expect(() => checkedAccent('#777777', '#888888')).toThrow(/1\.2\d:1 and needs 4\.5:1.*use #0{6}/);
  expect(() => checkedAccent('red')).toThrow(ThemeError);
  expect(checkedAccent('#FFF', '#000')).toEqual({ accent: '#ffffff', text: '#000000' });
});

test('the page’s wish wins over the site’s; a wrong one is reported and leaves the colours as they were', () => {
  const errors: string[] = [];
  const theme = resolveTheme(
    [
      { accent: '#0b5cad', title: 'Site' },
      { accent: '#777', accentText: '#888', title: '', position: 'bottom-left' },
    ],
    false,
    (error) => errors.push(error.code),
  );
  expect(theme).toMatchObject({ accent: '#0b5cad', text: '#ffffff', title: 'Site', position: 'bottom-left' });
  expect(errors).toEqual(['theme.contrast']);
  expect(resolveTheme([], true, () => undefined)).toMatchObject({ dark: true });
  expect(resolveTheme([{ theme: 'light' }], true, () => undefined)).toMatchObject({
    dark: false,
    accent: DEFAULT_ACCENT,
  });
});
