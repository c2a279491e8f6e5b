// The site's look, as custom properties on the root element: set through the CSSOM, so that no policy objects.

import { checkedAccent, mix, readableOn, textOn, ThemeError } from '../shared/colour';
import type { Appearance } from '../shared/protocol';

export interface Theme {
  /** As it is painted: in the dark, a deep accent is lifted until it stands out from the surface. */
  accent: string;
  text: string;
  dark: boolean;
  position: 'bottom-right' | 'bottom-left';
  title: string | null;
  subtitle: string | null;
  logo: string | null;
}

export const DEFAULT_ACCENT = '#1d4ed8';
const SURFACE = { light: '#ffffff', dark: '#1b1e27' };

/** The later layer wins, field by field. A layer with wrong colours keeps the colours before it, and is reported. */
export function resolveTheme(
  layers: readonly Appearance[],
  prefersDark: boolean,
  report: (error: ThemeError) => void,
): Theme {
  let colours = checkedAccent(DEFAULT_ACCENT);
  for (const layer of layers) {
    if (layer.accent === undefined && layer.accentText === undefined) continue;
    try {
      colours = checkedAccent(layer.accent ?? colours.accent, layer.accentText);
    } catch (error) {
      if (!(error instanceof ThemeError)) throw error;
      report(error);
    }
  }
  const all: Appearance = Object.assign({}, ...layers.map(given));
  const mode = all.theme ?? 'auto';
  const dark = mode === 'dark' || (mode === 'auto' && prefersDark);
  const accent = dark ? readableOn(SURFACE.dark, colours.accent, 3) : colours.accent;
  return {
    accent,
    text: accent === colours.accent ? colours.text : textOn(accent),
    dark,
    position: all.position === 'bottom-left' ? 'bottom-left' : 'bottom-right',
    title: all.title || null,
    subtitle: all.subtitle || null,
    logo: all.logo || null,
  };
}

const given = (layer: Appearance): Appearance =>
  Object.fromEntries(
    Object.entries(layer).filter(([, value]) => value != null && value !== ''),
  ) as Appearance;

export function paint(root: HTMLElement, theme: Theme): void {
  const surface = theme.dark ? SURFACE.dark : SURFACE.light;
  root.dataset['theme'] = theme.dark ? 'dark' : 'light';
  const set = (name: string, value: string): void => root.style.setProperty(name, value);
  set('--accent', theme.accent);
  set('--on-accent', theme.text);
  set('--accent-ink', readableOn(theme.dark ? '#2a2e3b' : '#f1f3f8', theme.accent));
  set('--accent-soft', mix(surface, theme.accent, theme.dark ? 0.22 : 0.08));
  set('--accent-line', mix(surface, theme.accent, theme.dark ? 0.5 : 0.35));
  set('--focus', readableOn(surface, theme.accent, 3.2));
}
