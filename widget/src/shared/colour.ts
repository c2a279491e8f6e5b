// Contrast as WCAG 2.2 defines it. Every text colour on an accent is computed, never guessed.

type Rgb = readonly [number, number, number];

const WHITE = '#ffffff';
const INK = '#000000';
export const TEXT_CONTRAST = 4.5;

/** `#abc` and `#aabbcc`, in any case, become `#aabbcc`; anything else is null. */
export function normalHex(value: unknown): string | null {
  const match = typeof value === 'string' && /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value.trim());
  if (!match) return null;
  const digits = match[1]!.toLowerCase();
  return '#' + (digits.length === 3 ? digits.replace(/./g, '$&$&') : digits);
}

const rgb = (hex: string): Rgb => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)) as unknown as Rgb;

function luminance(hex: string): number {
  const [r, g, b] = rgb(hex).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** White where white is readable, else black: one of the two always is. */
export const textOn = (background: string): string =>
  contrast(background, WHITE) >= TEXT_CONTRAST ? WHITE : INK;

export function mix(a: string, b: string, share: number): string {
  const [x, y] = [rgb(a), rgb(b)];
  return (
    '#' +
    x
      .map((c, i) =>
        Math.round(c + (y[i]! - c) * share)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')
  );
}

/** The accent, moved towards black or white just as far as it takes to be read on `surface`. */
export function readableOn(surface: string, accent: string, wanted = TEXT_CONTRAST): string {
  const towards = textOn(surface);
  for (let share = 0; share < 1; share += 0.04) {
    const colour = mix(accent, towards, share);
    if (contrast(colour, surface) >= wanted) return colour;
  }
  return towards;
}

export class ThemeError extends Error {
  constructor(
    readonly code: 'theme.colour' | 'theme.contrast',
    message: string,
  ) {
    super(message);
  }
}

/** The two colours of a theme, checked. Throws ThemeError that says what is wrong and what would do. */
export function checkedAccent(accent: unknown, text?: unknown): { accent: string; text: string } {
  const background = normalHex(accent);
  if (!background) {
    throw new ThemeError('theme.colour', `accent ${JSON.stringify(accent)} is not a colour such as #0b5cad`);
  }
  if (text === undefined || text === null || text === '')
    return { accent: background, text: textOn(background) };
  const foreground = normalHex(text);
  if (!foreground) {
    throw new ThemeError(
      'theme.colour',
      `accentText ${JSON.stringify(text)} is not a colour such as #ffffff`,
    );
  }
  const ratio = contrast(background, foreground);
  if (ratio < TEXT_CONTRAST) {
    const better = textOn(background);
    throw new ThemeError(
      'theme.contrast',
      `accentText ${foreground} on accent ${background} has a contrast of ${ratio.toFixed(2)}:1 and needs ` +
        `${TEXT_CONTRAST}:1; leave accentText out, or use ${better} (${contrast(background, better).toFixed(2)}:1)`,
    );
  }
  return { accent: background, text: foreground };
}
