import { Alert, Button, Collapse, Radio, Switch } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { roles, type PermissionTable, type Role } from '../types'
import classes from './access-fields.module.css'
import { PermissionList } from './permission-list'
import type { PersonValues } from './person-values'
import { bundleOf } from './reach'

interface AccessFieldsProps {
  form: UseFormReturnType<PersonValues>
  table: PermissionTable
  /** Why nothing can be changed here, if nothing can. */
  locked: string | undefined
}

/** What somebody may do: a role, which is most of it, and what comes on top. */
export function AccessFields({ form, table, locked }: AccessFieldsProps) {
  const { t } = useTranslation()
  const { role, supervisor, permissions } = form.getValues()
  const [opened, { toggle }] = useDisclosure(false)

  return (
    <div className={classes.fields}>
      {locked && (
        <Alert color="gray" icon={<IconLock size={17} stroke={1.8} />}>
          {locked}
        </Alert>
      )}
      <Roles form={form} table={table} disabled={locked !== undefined} />
      {(role === 'agent' || role === 'viewer') && (
        <Switch
          label={t('person.supervisorLabel')}
          description={t('person.supervisorText')}
          disabled={locked !== undefined}
          {...form.getInputProps('supervisor', { type: 'checkbox' })}
        />
      )}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          color="gray"
          aria-expanded={opened}
          onClick={toggle}
          rightSection={
            <IconChevronDown
              size={15}
              className={classes.chevron}
              data-open={opened || undefined}
            />
          }
        >
          {opened ? t('person.hidePermissions') : t('person.showPermissions')}
        </Button>
        <Collapse expanded={opened}>
          <p className={classes.text}>{t('person.permissionsText')}</p>
          <PermissionList
            table={table}
            role={role}
            supervisor={supervisor}
            value={permissions}
            disabled={locked !== undefined}
            onChange={(next) => form.setFieldValue('permissions', next)}
          />
        </Collapse>
      </div>
    </div>
  )
}

interface RolesProps {
  form: UseFormReturnType<PersonValues>
  table: PermissionTable
  disabled: boolean
}

function Roles({ form, table, disabled }: RolesProps) {
  const { t } = useTranslation()
  const can = useCan()
  const { role: chosen } = form.getValues()

  function isWithinReach(role: Role): boolean {
    return [...bundleOf(table, role, false)].every(can)
  }
  // Only who runs the installation has to know that it can be run.
  const offered = roles.filter(
    (role) => role !== 'super_admin' || role === chosen || isWithinReach(role),
  )

  return (
    <Radio.Group
      label={t('person.role')}
      value={chosen}
      onChange={(value) => {
        const role = roles.find((one) => one === value)
        if (role) form.setFieldValue('role', role)
      }}
    >
      <div className={classes.roles}>
        {offered.map((role) => {
          const beyond = !isWithinReach(role)
          return (
            <Radio.Card
              key={role}
              value={role}
              className={classes.role}
              disabled={disabled || beyond}
            >
              <Radio.Indicator className={classes.indicator} />
              <span>
                <span className={classes.roleName}>{t(`roles.${role}`)}</span>
                <span className={classes.roleText}>{t(`person.roles.${role}`)}</span>
                {beyond && !disabled && (
                  <span className={classes.roleText}>{t('person.roleBeyondYou')}</span>
                )}
              </span>
            </Radio.Card>
          )
        })}
      </div>
    </Radio.Group>
  )
}
