import { ActionIcon, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './details-pane.module.css'
import { Field } from './field'

interface CopyFieldProps {
  label: string
  value: string
}

export function CopyField({ label, value }: CopyFieldProps) {
  const { t } = useTranslation()

  return (
    <Field label={label}>
      <span className={classes.copy}>
        {value}
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={copied ? t('details.copied') : `${t('details.copy')}: ${value}`}
              onClick={copy}
            >
              {copied ? <IconCheck size={15} stroke={2} /> : <IconCopy size={15} stroke={1.7} />}
            </ActionIcon>
          )}
        </CopyButton>
      </span>
    </Field>
  )
}
