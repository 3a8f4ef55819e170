import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'

/** Light, dark, or whatever the device says at the hour. */
export const schemes = [
  { value: 'light', label: 'shell.themeLight', icon: IconSun },
  { value: 'dark', label: 'shell.themeDark', icon: IconMoon },
  { value: 'auto', label: 'shell.themeSystem', icon: IconDeviceDesktop },
] as const

export type Scheme = (typeof schemes)[number]['value']

export function isScheme(value: string): value is Scheme {
  return schemes.some((scheme) => scheme.value === value)
}
