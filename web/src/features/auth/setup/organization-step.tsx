import { Button, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ZoneSelect } from '@/shared/forms/zone-select'
import { chooseLanguage, languageNames, languages } from '@/shared/i18n/i18n'
import { Heading } from '../heading'
import { organizationProblems, type Founding, type Problems } from './founding'
import { focusFirst } from './focus-first'
import { slugOf } from './slug'
import { Steps } from './steps'

interface OrganizationStepProps {
  founding: Founding
  /** What the server did not like of it. */
  refused: Problems
  onChange: (change: Partial<Founding>) => void
  onDone: () => void
  /** One came back to it. */
  arrived: boolean
}

export function OrganizationStep({
  founding,
  refused,
  onChange,
  onDone,
  arrived,
}: OrganizationStepProps) {
  const { t } = useTranslation()
  const [problems, setProblems] = useState<Problems>({})
  const errors = { ...refused, ...problems }

  function change(changes: Partial<Founding>): void {
    onChange(changes)
    setProblems({})
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const found = organizationProblems(founding, t)
        setProblems(found)
        if (!focusFirst(event.currentTarget, found)) onDone()
      }}
    >
      <Steps at={1} of={2} />
      <Heading title={t('setup.organizationTitle')} arrived={arrived}>
        {t('setup.organizationText')}
      </Heading>
      <Stack gap="md">
        <TextInput
          name="name"
          size="md"
          label={t('setup.name')}
          placeholder={t('setup.nameExample')}
          autoComplete="organization"
          maxLength={255}
          value={founding.name}
          error={errors.name}
          onChange={(event) => {
            const name = event.currentTarget.value
            const follows = founding.slug === slugOf(founding.name)
            change({ name, ...(follows && { slug: slugOf(name) }) })
          }}
        />
        <TextInput
          name="slug"
          size="md"
          label={t('setup.slug')}
          description={t('setup.slugText')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          value={founding.slug}
          error={errors.slug}
          onChange={(event) => change({ slug: event.currentTarget.value.toLowerCase() })}
        />
        <ZoneSelect
          name="timezone"
          size="md"
          description={t('setup.timezoneText')}
          value={founding.timezone}
          error={errors.timezone}
          onChange={(timezone) => change({ timezone })}
        />
        <Select
          name="locale"
          size="md"
          label={t('setup.language')}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={founding.locale}
          error={errors.locale}
          allowDeselect={false}
          onChange={(value) => {
            const locale = languages.find((one) => one === value)
            if (!locale) return
            change({ locale })
            void chooseLanguage(locale)
          }}
        />
        <Button type="submit" size="md" fullWidth mt="xs">
          {t('setup.next')}
        </Button>
      </Stack>
    </form>
  )
}
