import { CloseButton, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { usePermissionTable } from '../api/rules'
import { bundleOf } from '../people/reach'
import { roles } from '../types'
import type { Guest } from './guests'
import classes from './invitations.module.css'

interface GuestFieldsProps {
  form: UseFormReturnType<{ guests: Guest[] }>
  index: number
  isOnly: boolean
  /** Answers whether the text was more than one address. */
  onPaste: (text: string) => boolean
}

export function GuestFields({ form, index, isOnly, onPaste }: GuestFieldsProps) {
  const { t } = useTranslation()
  const offered = useOfferedRoles()
  const first = index === 0
  const number = index + 1
  const props = (field: 'full_name' | 'email' | 'role') =>
    form.getInputProps(`guests.${index}.${field}`)
  // Where there is room the columns are named once; whoever hears the page hears it for each person.
  const named = (label: string) => ({
    label,
    ...(!first && {
      'aria-label': `${label}: ${t('invitations.person', { number })}`,
      classNames: { label: classes.again },
    }),
  })

  return (
    <fieldset
      className={classes.row}
      data-rest={first ? undefined : true}
      data-only={isOnly || undefined}
    >
      <TextInput
        {...named(t('invitations.name'))}
        autoComplete="off"
        data-autofocus={first ? true : undefined}
        {...props('full_name')}
      />
      <TextInput
        {...named(t('invitations.email'))}
        type="email"
        autoComplete="off"
        onPaste={(event) => {
          if (onPaste(event.clipboardData.getData('text'))) event.preventDefault()
        }}
        {...props('email')}
      />
      <Select
        {...named(t('invitations.role'))}
        allowDeselect={false}
        comboboxProps={{ width: 'max-content', position: 'bottom-end' }}
        data={offered.map((value) => ({ value, label: t(`roles.${value}`) }))}
        {...props('role')}
      />
      {!isOnly && (
        <CloseButton
          className={classes.remove}
          aria-label={t('invitations.removeRow', { number })}
          onClick={() => form.removeListItem('guests', index)}
        />
      )}
    </fieldset>
  )
}

/** Nobody invites somebody who may more than themselves. */
function useOfferedRoles() {
  const can = useCan()
  const { data: table } = usePermissionTable()
  return roles.filter(
    (role) => role !== 'super_admin' && (!table || [...bundleOf(table, role, false)].every(can)),
  )
}
