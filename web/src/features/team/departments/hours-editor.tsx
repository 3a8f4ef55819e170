import { Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { days, type Day, type Hours, type HoursFlaw, type Range, repeated } from './hours'
import { HoursDay } from './hours-day'
import classes from './hours-editor.module.css'

interface HoursEditorProps {
  value: Hours
  onChange: (value: Hours) => void
  flaws: Partial<Record<Day, HoursFlaw>>
  /** Of the week as a whole. */
  error: string | undefined
  disabled: boolean
}

export function HoursEditor({ value, onChange, flaws, error, disabled }: HoursEditorProps) {
  const { t } = useTranslation()
  const { always, week } = value

  function setDay(day: Day, ranges: Range[]): void {
    onChange({ always, week: { ...week, [day]: ranges } })
  }

  return (
    <div className={classes.editor}>
      <Radio.Group
        aria-label={t('hours.mode')}
        value={always ? 'always' : 'some'}
        onChange={(mode) => onChange({ always: mode === 'always', week })}
      >
        <div className={classes.modes}>
          <Radio
            value="always"
            label={t('hours.always')}
            description={t('hours.alwaysText')}
            disabled={disabled}
          />
          <Radio
            value="some"
            label={t('hours.some')}
            description={t('hours.someText')}
            disabled={disabled}
          />
        </div>
      </Radio.Group>
      {!always && (
        <>
          <ul className={classes.days}>
            {days.map((day) => (
              <HoursDay
                key={day}
                day={day}
                ranges={week[day]}
                flaw={flaws[day]}
                disabled={disabled}
                onChange={(ranges) => setDay(day, ranges)}
                onRepeat={() => onChange({ always, week: repeated(week, day) })}
              />
            ))}
          </ul>
          {error && (
            <p className={classes.error} role="alert">
              {error}
            </p>
          )}
        </>
      )}
    </div>
  )
}
