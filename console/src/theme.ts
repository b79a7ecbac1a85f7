/** Colours, type and the defaults of components. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eeedfb',
  '#dcd9f5',
  '#b8b1ea',
  '#9187e0',
  '#7265d8',
  '#5d4fd3',
  '#5244cf',
  '#4536b8',
  '#3c2fa5',
  '#312692',
];

const dark: MantineColorsTuple = [
  '#d5d7e0',
  '#b4b8c6',
  '#9096a8',
  '#6a7084',
  '#454b5e',
  '#353a4b',
  '#272b39',
  '#1c1f2b',
  '#151823',
  '#0f111a',
];

const alertOf = (tone: string) => ({
  '--alert-bg': `var(--app-${tone}-soft)`,
  '--alert-color': `var(--app-${tone})`,
  '--alert-bd': '1px solid transparent',
});
const alertColors: Record<string, ReturnType<typeof alertOf>> = {
  red: alertOf('bad'),
  yellow: alertOf('warn'),
  accent: alertOf('accent'),
};

export const theme = createTheme({
  colors: { ink, dark },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 5 },
  defaultRadius: 'md',
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.25' } } },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Mantine's yellow on yellow cannot be read.
    Alert: {
      vars: (_: unknown, { color }: { color?: unknown }) => ({
        root: alertColors[String(color)] ?? alertColors.accent,
      }),
      styles: { label: { color: 'inherit' }, message: { color: 'var(--mantine-color-text)' } },
    },
    // Locking the scroll would need an inline style; theme.css does it.
    Modal: { defaultProps: { lockScroll: false, centered: true, overlayProps: { backgroundOpacity: 0.5 } } },
    Drawer: { defaultProps: { lockScroll: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, multiline: true, maw: 320 } },
  },
});

/** What Mantine's own greys lack: 4.5:1 of contrast for every text. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f6fa',
    '--mantine-color-text': '#1d2030',
    '--mantine-color-dimmed': '#5a6072',
    '--mantine-color-placeholder': '#6b7182',
    '--mantine-color-anchor': '#4536b8',
    '--mantine-color-error': '#c92a2a',
    '--app-surface': '#ffffff',
    '--app-line': '#e3e4ec',
    '--app-good': '#1e7a3c',
    '--app-good-soft': '#e2f5e8',
    '--app-warn': '#8a5300',
    '--app-warn-soft': '#fdf0d8',
    '--app-bad': '#b3261e',
    '--app-bad-soft': '#fce8e6',
    '--app-calm': '#4a5062',
    '--app-calm-soft': '#ecedf3',
    '--app-accent': '#4536b8',
    '--app-accent-soft': '#eeedfb',
  },
  dark: {
    '--mantine-color-body': '#0f111a',
    '--mantine-color-text': '#e4e6ee',
    '--mantine-color-dimmed': '#a0a6b8',
    '--mantine-color-placeholder': '#8f95a8',
    '--mantine-color-anchor': '#aba2f5',
    '--mantine-color-error': '#ff8f87',
    '--app-surface': '#181b26',
    '--app-line': '#2b3040',
    '--app-good': '#6fd595',
    '--app-good-soft': '#15301f',
    '--app-warn': '#f2bd5b',
    '--app-warn-soft': '#362710',
    '--app-bad': '#ff9a92',
    '--app-bad-soft': '#3d1b1a',
    '--app-calm': '#b7bccb',
    '--app-calm-soft': '#252a38',
    '--app-accent': '#b6aef7',
    '--app-accent-soft': '#25214a',
  },
});
