import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { permissionName } from '@/shared/i18n/permission-name'
import type { Permission, PermissionTable, Role } from '../types'
import classes from './permission-list.module.css'
import { givenBy, grantable } from './reach'

interface PermissionListProps {
  table: PermissionTable
  role: Role
  supervisor: boolean
  value: Permission[]
  onChange: (value: Permission[]) => void
  disabled: boolean
}

/** Every permission there is to give. What comes with the role is ticked and cannot be taken away. */
export function PermissionList({
  table,
  role,
  supervisor,
  value,
  onChange,
  disabled,
}: PermissionListProps) {
  const { t } = useTranslation()
  const can = useCan()

  function toggle(permission: Permission, on: boolean): void {
    onChange(on ? [...value, permission] : value.filter((one) => one !== permission))
  }

  return (
    <div className={classes.groups}>
      {grantable(table).map(({ group, permissions }) => (
        <fieldset key={group} className={classes.group}>
          <legend>{t(`permissions.groups.${group}`)}</legend>
          {permissions.map((permission) => {
            const given = givenBy(table, permission, role, supervisor)
            return (
              <Checkbox
                key={permission}
                classNames={{ label: classes.label }}
                label={permissionName(t, permission)}
                description={
                  given && t(given === 'role' ? 'person.given' : 'person.givenBySupervisor')
                }
                checked={given !== undefined || value.includes(permission)}
                disabled={disabled || given !== undefined || !can(permission)}
                onChange={(event) => toggle(permission, event.currentTarget.checked)}
              />
            )
          })}
        </fieldset>
      ))}
    </div>
  )
}
