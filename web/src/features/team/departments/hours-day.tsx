import { ActionIcon, Switch, TextInput, Tooltip } from '@mantine/core'
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  dayName,
  isOvernight,
  nextRange,
  readClock,
  type Day,
  type HoursFlaw,
  type Range,
} from './hours'
import classes from './hours-editor.module.css'

const MOST = 6

interface HoursDayProps {
  day: Day
  ranges: Range[]
  flaw: HoursFlaw | undefined
  disabled: boolean
  onChange: (ranges: Range[]) => void
  onRepeat: () => void
}

export function HoursDay({ day, ranges, flaw, disabled, onChange, onRepeat }: HoursDayProps) {
  const { t, i18n } = useTranslation()
  const errorId = useId()
  const name = dayName(day, i18n.language)
  const open = ranges.length > 0

  function setRange(at: number, range: Range): void {
    onChange(ranges.map((one, index) => (index === at ? range : one)))
  }

  return (
    <li className={classes.day}>
      <Switch
        className={classes.name}
        label={name}
        aria-label={t('hours.openOn', { day: name })}
        checked={open}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked ? [nextRange([])] : [])}
      />
      {open ? (
        <div className={classes.ranges}>
          {ranges.map((range, at) => (
            <RangeFields
              key={at}
              range={range}
              name={name}
              number={at + 1}
              disabled={disabled}
              flawed={flaw ? errorId : undefined}
              onChange={(next) => setRange(at, next)}
              onRemove={
                ranges.length > 1
                  ? () => onChange(ranges.filter((_, index) => index !== at))
                  : undefined
              }
            />
          ))}
          {flaw && (
            <p id={errorId} className={classes.error}>
              {t(`hours.${flaw}`)}
            </p>
          )}
        </div>
      ) : (
        <span className={classes.closed}>{t('hours.closed')}</span>
      )}
      {open && !disabled && (
        <div className={classes.deeds}>
          <Deed
            label={t('hours.addRange', { day: name })}
            disabled={ranges.length >= MOST}
            onClick={() => onChange([...ranges, nextRange(ranges)])}
          >
            <IconPlus size={16} stroke={1.8} />
          </Deed>
          <Deed label={t('hours.copyFrom', { day: name })} onClick={onRepeat}>
            <IconCopy size={16} stroke={1.8} />
          </Deed>
        </div>
      )}
    </li>
  )
}

interface RangeFieldsProps {
  range: Range
  name: string
  number: number
  disabled: boolean
  /** The id of what is wrong. */
  flawed: string | undefined
  onChange: (range: Range) => void
  onRemove: (() => void) | undefined
}

function RangeFields(props: RangeFieldsProps) {
  const { t } = useTranslation()
  const { range, name, number, disabled, flawed, onChange, onRemove } = props

  return (
    <div className={classes.range}>
      <Clock
        label={t('hours.opens', { day: name, number })}
        value={range.since}
        disabled={disabled}
        flawed={flawed}
        onChange={(since) => onChange({ ...range, since })}
      />
      <span aria-hidden="true">{t('hours.to')}</span>
      <Clock
        label={t('hours.closes', { day: name, number })}
        value={range.until}
        disabled={disabled}
        flawed={flawed}
        onChange={(until) => onChange({ ...range, until })}
      />
      {onRemove && !disabled && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('hours.removeRange', { day: name, number })}
          onClick={onRemove}
        >
          <IconX size={15} stroke={1.8} />
        </ActionIcon>
      )}
      {isOvernight(range) && <span className={classes.hint}>{t('hours.nextDay')}</span>}
    </div>
  )
}

interface ClockProps {
  label: string
  value: string
  disabled: boolean
  flawed: string | undefined
  onChange: (value: string) => void
}

/** Our own: a browser's shows the hours as the computer is set, whatever the page's language is. */
function Clock({ label, value, disabled, flawed, onChange }: ClockProps) {
  return (
    <TextInput
      className={classes.clock}
      size="sm"
      inputMode="numeric"
      autoComplete="off"
      maxLength={7}
      placeholder="00:00"
      aria-label={label}
      aria-describedby={flawed}
      error={flawed !== undefined}
      disabled={disabled}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        const clock = readClock(value)
        if (clock !== undefined && clock !== value) onChange(clock)
      }}
    />
  )
}

interface DeedProps {
  label: string
  disabled?: boolean
  onClick: () => void
  children: ReactNode
}

function Deed({ label, disabled = false, onClick, children }: DeedProps) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
