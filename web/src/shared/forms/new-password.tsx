import { PasswordInput, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCircleDashed } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './new-password.module.css'
import { passwordStrength } from './password-strength'

interface NewPasswordProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** Whose password it becomes: nothing of it may be in there. */
  email: string
  error?: ReactNode
  name?: string
}

const WORDS = [undefined, 'weak', 'fair', 'good', 'strong'] as const

/** A field for a password that is being chosen, with how strong it is and what is missing. */
export function NewPassword({
  label,
  value,
  onChange,
  email,
  error,
  name = 'password',
}: NewPasswordProps) {
  const { t } = useTranslation()
  const hints = useId()
  const strength = passwordStrength(value, email)
  const word = WORDS[strength.score]
  const wishes = [
    ['long', strength.isLongEnough],
    ['noEmail', value !== '' && strength.avoidsEmail],
    ['hard', strength.isHardToGuess],
  ] as const

  return (
    <div>
      <PasswordInput
        name={name}
        size="md"
        label={label}
        autoComplete="new-password"
        value={value}
        error={error}
        aria-describedby={hints}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes.meter} data-score={strength.score} aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={classes.bar}
            data-on={step <= strength.score ? true : undefined}
          />
        ))}
        <span className={classes.word}>{word && t(`password.${word}`)}</span>
      </div>
      <ul id={hints} className={classes.wishes}>
        {wishes.map(([wish, met]) => (
          <li key={wish} className={classes.wish} data-met={met || undefined}>
            {met ? (
              <IconCheck size={15} stroke={2.2} aria-hidden="true" />
            ) : (
              <IconCircleDashed size={15} stroke={1.8} aria-hidden="true" />
            )}
            {t(`password.${wish}`)}
            {met && <VisuallyHidden>{t('password.met')}</VisuallyHidden>}
          </li>
        ))}
      </ul>
    </div>
  )
}
