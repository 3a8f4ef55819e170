import { useOs } from '@mantine/hooks'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './keys.module.css'

/** `mod` is Ctrl, and ⌘ where that is what people press. */
export function Keys({ keys }: { keys: readonly string[] }) {
  const { t } = useTranslation()
  const command = useCommandKey()

  return (
    <span className={classes.keys}>
      {keys.map((key, index) => (
        <Fragment key={key}>
          {index > 0 && ' '}
          <kbd>{key === 'mod' ? command : key === 'esc' ? t('shell.keyEscape') : key}</kbd>
        </Fragment>
      ))}
    </span>
  )
}

function useCommandKey(): string {
  const os = useOs()
  return os === 'macos' || os === 'ios' ? '⌘' : 'Ctrl'
}
