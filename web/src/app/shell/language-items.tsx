import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, languageNames, languages } from '@/shared/i18n/i18n'

export function LanguageItems() {
  const { i18n } = useTranslation()

  return languages.map((language) => {
    const chosen = i18n.language === language
    return (
      <Menu.Item
        key={language}
        lang={language}
        aria-current={chosen || undefined}
        rightSection={chosen && <IconCheck size={16} stroke={2} />}
        onClick={() => void chooseLanguage(language)}
      >
        {languageNames[language]}
      </Menu.Item>
    )
  })
}
