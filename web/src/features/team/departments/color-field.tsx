import { ColorSwatch, Input, Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './color-field.module.css'

/** Told from each other also by those who see few colours: they differ in lightness, too. */
export const colors = [
  '#3B82F6',
  '#0EA5A4',
  '#22A052',
  '#EAB308',
  '#F0781E',
  '#E0445A',
  '#D946A6',
  '#8B5CF6',
  '#78716C',
] as const

interface ColorFieldProps {
  value: string
  onChange: (value: string) => void
  disabled?: boolean
}

export function ColorField({ value, onChange, disabled = false }: ColorFieldProps) {
  const { t } = useTranslation()
  const known = colors.find((color) => color.toLowerCase() === value.toLowerCase())

  return (
    <Input.Wrapper label={t('departments.color')} labelElement="div">
      <Radio.Group aria-label={t('departments.color')} value={known ?? value} onChange={onChange}>
        <div className={classes.colors}>
          {colors.map((color) => (
            <Radio.Card
              key={color}
              value={color}
              className={classes.color}
              disabled={disabled}
              aria-label={t(`departments.colors.${color}`)}
            >
              <ColorSwatch component="span" color={color} size={22} withShadow={false} />
            </Radio.Card>
          ))}
          {!known && (
            <Radio.Card
              value={value}
              className={classes.color}
              disabled={disabled}
              aria-label={t('departments.customColor', { color: value })}
            >
              <ColorSwatch component="span" color={value} size={22} withShadow={false} />
            </Radio.Card>
          )}
        </div>
      </Radio.Group>
    </Input.Wrapper>
  )
}
