import { Radio } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import classes from './appearance.module.css'

interface Choice<T> {
  value: T
  word: string
  icon?: Icon
  lang?: string
}

interface ChoicesProps<T> {
  label: string
  value: T
  choices: readonly Choice<T>[]
  onChange: (value: T) => void
}

/** One of a few, all of them in sight. */
export function Choices<T extends string>({ label, value, choices, onChange }: ChoicesProps<T>) {
  return (
    <Radio.Group
      aria-label={label}
      value={value}
      onChange={(chosen) => {
        const found = choices.find((choice) => choice.value === chosen)
        if (found) onChange(found.value)
      }}
    >
      <div className={classes.choices}>
        {choices.map(({ value: each, word, icon: ChoiceIcon, lang }) => (
          <Radio.Card key={each} value={each} className={classes.choice} lang={lang}>
            {ChoiceIcon && <ChoiceIcon size={19} stroke={1.6} aria-hidden="true" />}
            <span className={classes.word}>{word}</span>
            <Radio.Indicator />
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  )
}
