// Whether two colours can be read on each other, by WCAG: what the server checks again before it stores them.

export const READABLE = 4.5;
export const USUAL_ACCENT = '#1d4ed8';

export const isColour = (text: string): boolean => /^#([\da-f]{3}|[\da-f]{6})$/i.test(text);

/** Six digits: what a colour field can show. */
export const full = (colour: string): string =>
  colour.length === 4 ? '#' + [...colour.slice(1)].map((digit) => digit + digit).join('') : colour;

/** From 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = full(colour).slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const channel = parseInt(digits.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
