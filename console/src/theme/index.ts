// How the console looks: Mantine's theme on our own tokens (tokens.css), light and dark.

import { createTheme, type CSSVariablesResolver, type MantineColorsTuple, Menu } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef1ff',
  '#dfe3fb',
  '#bcc5f3',
  '#95a3ec',
  '#7586e6',
  '#5f72e1',
  '#4655c9',
  '#3b49b4',
  '#3340a0',
  '#29358c',
];

/** The library's own is too pale under white words. */
const red: MantineColorsTuple = [
  '#fdecec',
  '#fbd5d7',
  '#f5a9ad',
  '#ff8f8f',
  '#e2646b',
  '#d4474f',
  '#c02a33',
  '#a8232b',
  '#8f1c24',
  '#76161c',
];

export const theme = createTheme({
  colors: { ink, red },
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily: 'var(--font)', fontWeight: '620' },
  components: {
    // Inside the page's landmark, and without a focusable element that is no item: both for screen readers.
    Menu: Menu.extend({
      defaultProps: { portalProps: { target: '#overlays' }, withInitialFocusPlaceholder: false },
    }),
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
});

/** Mantine's own greys are too faint for small text on our grounds. */
export const variables: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--dim)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-placeholder': 'var(--dim)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-anchor': 'var(--accent-text)',
  };
  return { variables: {}, light: ours, dark: ours };
};

export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="talia-nonce"]')?.content ?? '';
