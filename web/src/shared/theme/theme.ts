import {
  ActionIcon,
  createTheme,
  InputWrapper,
  Menu,
  Modal,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'

/** Honey: the brand. Dark text goes on it, so that it can stay warm and still be read. */
const honey: MantineColorsTuple = [
  '#fff8e8',
  '#fdecc8',
  '#fadd9b',
  '#f7cb68',
  '#f4b63a',
  '#f0a31a',
  '#d98a06',
  '#a96804',
  '#865004',
  '#5f3a08',
]

/** The danger of the tokens: white stands on its strong shades in both schemes. */
const red: MantineColorsTuple = [
  '#fdeef0',
  '#fbd5db',
  '#f5aab6',
  '#ff8a9b',
  '#cf3a5a',
  '#c2284a',
  '#a91f3e',
  '#8e1933',
  '#741429',
  '#5a0f20',
]

const stone: MantineColorsTuple = [
  '#faf8f4',
  '#f4f1eb',
  '#ebe6dd',
  '#e0d9ce',
  '#cbc2b4',
  '#ada393',
  '#706759',
  '#5a5246',
  '#3d372f',
  '#221d16',
]

const night: MantineColorsTuple = [
  '#efeae1',
  '#d3cbbe',
  '#b9b0a2',
  '#968d7f',
  '#3b352e',
  '#302b25',
  '#25211c',
  '#1b1815',
  '#14120f',
  '#0e0d0b',
]

export const theme = createTheme({
  colors: { honey, red, gray: stone, dark: night },
  primaryColor: 'honey',
  primaryShade: { light: 5, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.4,
  black: '#221d16',
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Ubuntu, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Code', 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontWeight: '650' },
  components: {
    ActionIcon: ActionIcon.extend({
      // Mantine's subtle grey is as dark as text; an icon beside text should step back.
      vars: (_, { variant }) => ({
        root: variant === 'subtle' ? { '--ai-color': 'var(--ink-soft)' } : {},
      }),
    }),
    // What takes the first focus would be a child that a menu may not have.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    InputWrapper: InputWrapper.extend({ styles: { label: { marginBottom: 6, fontWeight: 600 } } }),
    Modal: Modal.extend({
      defaultProps: { radius: 'lg', overlayProps: { backgroundOpacity: 0.4 } },
      styles: { title: { fontSize: '1.05rem', fontWeight: 650 } },
    }),
  },
})

/** Mantine's own defaults for text and links are too faint on warm paper. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fffdfa',
    '--mantine-color-dimmed': '#706759',
    '--mantine-color-placeholder': '#82796a',
    '--mantine-color-anchor': '#865004',
    '--mantine-color-error': '#c2284a',
  },
  dark: {
    '--mantine-color-dimmed': '#b9b0a2',
    '--mantine-color-placeholder': '#968d7f',
    '--mantine-color-anchor': '#f4b63a',
    '--mantine-color-error': '#ff8a9b',
  },
})
