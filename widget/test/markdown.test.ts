import { describe, expect, test } from 'vitest';
import { parseInline, parseMarkdown, plainText, safeLink } from '../src/panel/markdown';

const link = (source: string) => parseInline(source).find((n) => n.kind === 'link');

test('the subset: paragraphs, breaks, emphasis, code, lists, quotes', () => {
  expect(parseMarkdown('**a** *b* `c`\nd\n\n- x\n- y\n\n3. z\n\n> q\n\n```\n<b>\n```')).toEqual([
    {
      kind: 'p',
      children: [
        { kind: 'strong', children: [{ kind: 'text', text: 'a' }] },
        { kind: 'text', text: ' ' },
        { kind: 'em', children: [{ kind: 'text', text: 'b' }] },
        { kind: 'text', text: ' ' },
        { kind: 'code', text: 'c' },
        { kind: 'break' },
        { kind: 'text', text: 'd' },
      ],
    },
    { kind: 'ul', items: [[{ kind: 'text', text: 'x' }], [{ kind: 'text', text: 'y' }]], start: 1 },
    { kind: 'ol', items: [[{ kind: 'text', text: 'z' }]], start: 3 },
    { kind: 'quote', children: [{ kind: 'text', text: 'q' }] },
    { kind: 'pre', text: '<b>' },
  ]);
});

test('titles, rules and tables, each where it stands', () => {
  const text = (words: string) => [{ kind: 'text', text: words }];
  expect(parseMarkdown('## Uno\nx\n---\n|a|b|\n|:--|--:|\n| 1 | **2** |\n|3|\ny')).toEqual([
    { kind: 'p', children: [{ kind: 'strong', children: text('Uno') }] },
    { kind: 'p', children: text('x') },
    { kind: 'rule' },
    {
      kind: 'table',
      rows: [[text('a'), text('b')], [text('1'), [{ kind: 'strong', children: text('2') }]], [text('3')]],
    },
    { kind: 'p', children: text('y') },
  ]);
  // Half of one, while it streams, and a lone bar: words.
  expect(parseMarkdown('|a|b|\n|')).toEqual([
    { kind: 'p', children: [...text('|a|b|'), { kind: 'break' }, ...text('|')] },
  ]);
  expect(plainText('|a|b|\n|-|-|\n|1|2|\n\n---\n\nfin')).toBe('a, b. 1, 2\n\nfin');
});

test('HTML is text, and so is a half-written construct while it streams', () => {
  expect(parseInline('<img src=x onerror=alert(1)>')).toEqual([
    { kind: 'text', text: '<img src=x onerror=alert(1)>' },
  ]);
  for (const half of ['**bo', '[label](http', '`co', '*', '__', '[', '```'])
    expect(() => parseMarkdown(half)).not.toThrow();
});

describe('links', () => {
  test('of other kinds are text', () => {
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc',
      '//evil.example',
      '/x',
      'blob:https://a/b',
    ]) {
      expect(safeLink(href, 'click')).toBeNull();
      expect(link(`[click](${href})`)).toBeUndefined();
    }
  });

  test('with a name before the host are text: they look like another host', () => {
    expect(link('[bank](https://bank.example@evil.example/)')).toBeUndefined();
  });

  test('say where they go, unless the label does', () => {
    expect(link('[your bank](https://evil.example/x)')).toMatchObject({ host: 'evil.example' });
    expect(link('[https://bank.example](https://evil.example/x)')).toMatchObject({ host: 'evil.example' });
    expect(link('[bank.example.evil](https://bank.example/x)')).toMatchObject({ host: 'bank.example' });
    expect(link('https://bank.example/x')).toMatchObject({ host: '', label: 'https://bank.example/x' });
  });

  test('with look-alike letters show what they really are', () => {
    expect(link('https://аpple.com/')).toMatchObject({ label: 'https://xn--pple-43d.com/' });
    expect(link('[apple.com](https://аpple.com/)')).toMatchObject({ host: 'xn--pple-43d.com' });
  });

  test('do not swallow the full stop, and pictures are only links', () => {
    expect(parseInline('See https://a.example/b.')).toEqual([
      { kind: 'text', text: 'See ' },
      { kind: 'link', href: 'https://a.example/b', label: 'https://a.example/b', host: '' },
      { kind: 'text', text: '.' },
    ]);
    expect(link('![x](https://evil.example/pixel.png)')).toMatchObject({
      kind: 'link',
      host: 'evil.example',
    });
  });
});

test('hostile texts take linear time', () => {
  const began = performance.now();
  for (const seed of ['*', '_', '[', '![', '`', '**a', '[a](', '> ', '- ', 'https://'])
    parseMarkdown(seed.repeat(4000));
  expect(performance.now() - began).toBeLessThan(1500);
});

test('what is read out has no marks', () => {
  expect(plainText('**Hola**, mira [esto](https://a.example)\n\n- uno\n- dos')).toBe(
    'Hola, mira esto\nuno. dos',
  );
});
