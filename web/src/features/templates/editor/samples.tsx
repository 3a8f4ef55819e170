import { Fieldset, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FieldsProps } from './fields'
import { issueAt } from './issue-text'

/** A value for each variable, by which Meta judges and the preview is drawn. */
export function Samples({ draft, issues, disabled, onEdit }: FieldsProps) {
  const { t } = useTranslation()
  if (draft.variables.length === 0) return null

  return (
    <Fieldset legend={t('templates.samples')}>
      <Stack gap="sm">
        <Text size="sm" c="var(--ink-soft)">
          {t('templates.samplesHint')}
        </Text>
        {draft.variables.map(({ place, name, example }) => {
          const mark = `{{${name}}}`
          return (
            <TextInput
              key={`${place}.${name}`}
              label={t(place === 'body' ? 'templates.sampleOf' : 'templates.sampleOfHeader', {
                mark,
              })}
              disabled={disabled}
              value={example}
              error={issueAt(issues, `variables.${place}.${name}`, t)}
              onChange={({ currentTarget }) =>
                onEdit({
                  variables: draft.variables.map((one) =>
                    one.place === place && one.name === name
                      ? { ...one, example: currentTarget.value }
                      : one,
                  ),
                })
              }
            />
          )
        })}
      </Stack>
    </Fieldset>
  )
}
