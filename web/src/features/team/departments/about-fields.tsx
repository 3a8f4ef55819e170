import { Select, Switch, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import { useNumbers } from '../api/rules'
import { ColorField } from './color-field'
import type { DepartmentValues } from './department-values'
import classes from './departments.module.css'

export interface FieldsProps {
  form: UseFormReturnType<DepartmentValues>
  readOnly: boolean
}

export function AboutFields({ form, readOnly }: FieldsProps) {
  const { t } = useTranslation()
  const { data: numbers = [] } = useNumbers()

  return (
    <div className={classes.form}>
      <TextInput
        label={t('departments.name')}
        autoComplete="off"
        disabled={readOnly}
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('departments.description')}
        description={t('departments.descriptionHint')}
        autosize
        minRows={2}
        disabled={readOnly}
        {...form.getInputProps('description')}
      />
      <ColorField
        value={form.getValues().color}
        disabled={readOnly}
        onChange={(color) => form.setFieldValue('color', color)}
      />
      <Select
        label={t('departments.number')}
        description={t('departments.numberHint')}
        placeholder={t('departments.noNumber')}
        clearable
        disabled={readOnly}
        data={numbers.map(({ id, display_name, phone_number }) => ({
          value: id,
          label: [display_name, formatPhone(phone_number)].filter(Boolean).join(' · '),
        }))}
        {...form.getInputProps('number')}
      />
      <Switch
        label={t('departments.active')}
        description={t('departments.activeText')}
        disabled={readOnly}
        {...form.getInputProps('is_active', { type: 'checkbox' })}
      />
    </div>
  )
}
