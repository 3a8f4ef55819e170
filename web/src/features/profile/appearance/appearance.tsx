import { useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChoose } from '@/shared/api/preferences'
import { languageNames, languages } from '@/shared/i18n/i18n'
import { SectionCard } from '@/shared/ui/section-card'
import { Choices } from './choices'

const themes = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
] as const

export function Appearance() {
  const { t, i18n } = useTranslation()
  const { colorScheme } = useMantineColorScheme()
  const choose = useChoose()

  return (
    <>
      <SectionCard
        title={t('profile.appearance.languageTitle')}
        description={t('profile.appearance.languageText')}
      >
        <Choices
          label={t('profile.appearance.languageTitle')}
          value={languages.find((language) => language === i18n.language) ?? 'pt-BR'}
          choices={languages.map((value) => ({ value, word: languageNames[value], lang: value }))}
          onChange={choose.language}
        />
      </SectionCard>
      <SectionCard
        title={t('profile.appearance.themeTitle')}
        description={t('profile.appearance.themeText')}
      >
        <Choices
          label={t('profile.appearance.themeTitle')}
          value={colorScheme}
          choices={themes.map(([value, icon]) => ({
            value,
            icon,
            word: t(`profile.appearance.${value}`),
          }))}
          onChange={choose.theme}
        />
      </SectionCard>
    </>
  )
}
