import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { ptBR, type Translation } from './pt-br'

export const languages = ['pt-BR', 'en', 'es'] as const
export type Language = (typeof languages)[number]

/** Each language says its own name. */
export const languageNames: Record<Language, string> = {
  'pt-BR': 'Português',
  en: 'English',
  es: 'Español',
}

const KEY = 'pytake.language'

const loaders: Record<Exclude<Language, 'pt-BR'>, () => Promise<Translation>> = {
  en: () => import('./en').then((module) => module.en),
  es: () => import('./es').then((module) => module.es),
}

export const i18n = createInstance()

export function isLanguage(value: string | null): value is Language {
  return languages.some((language) => language === value)
}

/** The chosen language, else the browser's, else Portuguese. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(KEY)
  if (isLanguage(chosen)) return chosen
  const known = navigator.languages.map((tag) =>
    languages.find((language) => language.slice(0, 2) === tag.slice(0, 2)),
  )
  return known.find((language) => language !== undefined) ?? 'pt-BR'
}

async function load(language: Language): Promise<void> {
  if (language === 'pt-BR' || i18n.hasResourceBundle(language, 'translation')) return
  i18n.addResourceBundle(language, 'translation', await loaders[language]())
}

export async function startTranslations(language: Language): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'pt-BR',
    // A test keeps the languages complete: no page is half in one and half in another.
    fallbackLng: false,
    saveMissing: true,
    missingKeyHandler: (_, __, key) => complain(`There are no words for ${key}.`),
    missingInterpolationHandler: (text) => complain(`A blank was left in “${text}”.`),
    supportedLngs: languages,
    resources: { 'pt-BR': { translation: ptBR } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  })
  await show(language)
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY && isLanguage(newValue)) void show(newValue)
  })
}

function complain(sentence: string): void {
  console.error(sentence)
}

/** Other tabs follow. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language)
  await show(language)
}

async function show(language: Language): Promise<void> {
  await load(language)
  await i18n.changeLanguage(language)
  document.documentElement.lang = language
}
