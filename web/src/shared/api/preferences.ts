import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { chooseLanguage, i18n, type Language } from '@/shared/i18n/i18n'
import { toastFailed } from '@/shared/ui/toast'
import { api, unwrap } from './client'
import { currentUserQuery, useCurrentUser, type User } from './current-user'
import { session } from './session'

type Preferences = User['preferences']

export interface Choose {
  language: (language: Language) => void
  theme: (theme: MantineColorScheme) => void
}

/**
 * Language and theme: chosen here they show at once, and follow the person to their other browsers. A stranger
 * chooses for this browser only.
 */
export function useChoose(): Choose {
  const queries = useQueryClient()
  const { setColorScheme } = useMantineColorScheme()

  async function keep(chosen: Partial<Preferences>) {
    if (session.getState().token === null) return
    queries.setQueryData(currentUserQuery.queryKey, (user) =>
      user ? { ...user, preferences: { ...user.preferences, ...chosen } } : user,
    )
    try {
      await unwrap(api.PATCH('/api/v1/profile', { body: chosen }))
    } catch {
      toastFailed(i18n.t('profile.appearance.notKept'))
    }
  }

  return {
    language: (language: Language) => {
      void chooseLanguage(language)
      void keep({ language })
    },
    theme: (theme: MantineColorScheme) => {
      setColorScheme(theme)
      void keep({ theme })
    },
  }
}

/** Whoever signs in here finds what they chose elsewhere; what they never chose stays as this browser has it. */
export function useFollowPreferences(): void {
  const { language, theme } = useCurrentUser()?.preferences ?? {}
  const { setColorScheme } = useMantineColorScheme()

  const speak = useEffectEvent(() => {
    if (language && language !== i18n.language) void chooseLanguage(language)
  })
  const paint = useEffectEvent(() => {
    if (theme) setColorScheme(theme)
  })
  useEffect(() => speak(), [language])
  useEffect(() => paint(), [theme])
}
