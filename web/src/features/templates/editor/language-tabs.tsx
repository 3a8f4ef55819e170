import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrors } from '@/shared/forms/field-errors'
import { toastDone } from '@/shared/ui/toast'
import { useDuplicate, useLanguages } from '../api'
import { languageName, LANGUAGES } from '../filters'
import { asName } from '../name'
import type { Template } from '../types'
import classes from './editor.module.css'

interface LanguageTabsProps {
  template: Template
  mayWrite: boolean
  onOpen: (id: string) => void
}

/** The same template in its languages: each has a standing of its own. */
export function LanguageTabs({ template, mayWrite, onOpen }: LanguageTabsProps) {
  const { t, i18n } = useTranslation()
  const { data: languages = [template] } = useLanguages(template)
  const [copying, setCopying] = useState(false)

  return (
    <nav className={classes.tabs} aria-label={t('templates.languages')}>
      {languages.map(({ id, language }) => (
        <Link
          key={id}
          to="/templates/$id"
          params={{ id }}
          className={classes.tab}
          aria-current={id === template.id ? 'page' : undefined}
        >
          {languageName(language, i18n.language)}
        </Link>
      ))}
      {mayWrite && (
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => setCopying(true)}
        >
          {t('templates.addLanguage')}
        </Button>
      )}
      <Modal
        opened={copying}
        onClose={() => setCopying(false)}
        title={t('templates.duplicateTitle')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        {copying && (
          <CopyForm
            template={template}
            taken={languages.map(({ language }) => language)}
            onCopied={({ id }) => {
              setCopying(false)
              onOpen(id)
            }}
          />
        )}
      </Modal>
    </nav>
  )
}

interface CopyFormProps {
  template: Template
  taken: readonly string[]
  onCopied: (template: Template) => void
}

function CopyForm({ template, taken, onCopied }: CopyFormProps) {
  const { t, i18n } = useTranslation()
  const duplicate = useDuplicate(template.id)
  const free = LANGUAGES.find((code) => !taken.includes(code)) ?? template.language
  const form = useForm({ initialValues: { name: template.name, language: free } })

  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        duplicate.mutate(values, {
          onSuccess: (made) => {
            toastDone(t('templates.duplicated'))
            onCopied(made)
          },
          onError: (error) => form.setErrors(fieldErrors(error, { template_exists: 'language' })),
        }),
      )}
    >
      <Stack>
        <Select
          label={t('templates.language')}
          allowDeselect={false}
          searchable
          data-autofocus
          data={LANGUAGES.map((value) => ({ value, label: languageName(value, i18n.language) }))}
          {...form.getInputProps('language')}
        />
        <TextInput
          label={t('templates.name')}
          {...form.getInputProps('name')}
          onChange={({ currentTarget }) => form.setFieldValue('name', asName(currentTarget.value))}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={duplicate.isPending}>
            {t('templates.duplicate')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
