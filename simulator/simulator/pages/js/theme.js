// Light or dark: the choice made here, else the system's.

const KEY = 'simulator.theme'
const system = matchMedia('(prefers-color-scheme: dark)')

const stored = () => localStorage.getItem(KEY)
export const isDark = () => document.documentElement.dataset.theme === 'dark'

function apply() {
  document.documentElement.dataset.theme = stored() ?? (system.matches ? 'dark' : 'light')
}

export function toggleTheme() {
  localStorage.setItem(KEY, isDark() ? 'light' : 'dark')
  apply()
}

system.addEventListener('change', apply)
apply()
