import { NumberInput, Radio, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FieldsProps } from './about-fields'
import { strategies } from './department-values'
import classes from './departments.module.css'

/** Who gets the next conversation, and how many may wait. */
export function SharingFields({ form, readOnly }: FieldsProps) {
  const { t } = useTranslation()
  const { auto } = form.getValues()

  return (
    <div className={classes.form}>
      <Switch
        label={t('departments.auto')}
        description={t('departments.autoText')}
        disabled={readOnly}
        {...form.getInputProps('auto', { type: 'checkbox' })}
      />
      {auto && (
        <Radio.Group label={t('departments.strategy')} {...form.getInputProps('strategy')}>
          <div className={classes.strategies}>
            {strategies.map((strategy) => (
              <Radio
                key={strategy}
                value={strategy}
                label={t(`departments.strategies.${strategy}`)}
                description={t(`departments.strategyTexts.${strategy}`)}
                disabled={readOnly}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      <NumberInput
        label={t('departments.queueSize')}
        description={t('departments.queueSizeHint')}
        min={1}
        max={100_000}
        allowDecimal={false}
        styles={{ wrapper: { maxWidth: 220 } }}
        disabled={readOnly}
        {...form.getInputProps('queueSize')}
      />
    </div>
  )
}
