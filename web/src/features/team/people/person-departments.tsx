import { Anchor, CloseButton, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { useErrorText } from '@/shared/api/use-error-text'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useDepartments, useLeave, usePlace } from '../api/departments'
import type { Department, Person } from '../types'
import classes from './person-drawer.module.css'

/** Where somebody works. How they work there is told on the department's own page. */
export function PersonDepartments({ person }: { person: Person }) {
  const { t } = useTranslation()
  const can = useCan()
  const errorText = useErrorText()
  const leave = useLeave()
  const mayChange = can('departments.write')
  const failed = (error: unknown) => toastFailed(errorText(error))

  return (
    <section className={classes.section}>
      <h4>{t('person.departments')}</h4>
      {person.departments.length === 0 ? (
        <p className={classes.faint}>{t('person.noDepartments')}</p>
      ) : (
        <ul className={classes.chips}>
          {person.departments.map(({ id, name, is_primary }) => (
            <li key={id} className={classes.chip} data-plain={mayChange ? undefined : true}>
              <Anchor
                inherit
                c="inherit"
                renderRoot={(props) => (
                  <Link {...props} to="/team/departments/$id" params={{ id }} />
                )}
              >
                {name}
              </Anchor>
              {is_primary && <span className={classes.primary}>({t('person.primary')})</span>}
              {mayChange && (
                <CloseButton
                  size="sm"
                  radius="xl"
                  aria-label={t('person.leave', { department: name })}
                  onClick={() =>
                    leave.mutate(
                      { departmentId: id, userId: person.id },
                      {
                        onSuccess: () => toastDone(t('person.left', { department: name })),
                        onError: failed,
                      },
                    )
                  }
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && <Join person={person} onFailed={failed} />}
    </section>
  )
}

interface JoinProps {
  person: Person
  onFailed: (error: unknown) => void
}

function Join({ person, onFailed }: JoinProps) {
  const { t } = useTranslation()
  const { data: departments = [] } = useDepartments()
  const place = usePlace()
  const there = new Set(person.departments.map(({ id }) => id))
  const others = departments.filter(({ id }) => !there.has(id))
  if (others.length === 0) return null

  function join({ id, name }: Department): void {
    place.mutate(
      { departmentId: id, userId: person.id, place: newPlace(there.size === 0) },
      {
        onSuccess: () => toastDone(t('person.joined', { department: name })),
        onError: onFailed,
      },
    )
  }

  return (
    <Select
      aria-label={t('person.addTo')}
      placeholder={t('person.addTo')}
      searchable
      disabled={place.isPending}
      data={others.map(({ id, name }) => ({ value: id, label: name }))}
      value={null}
      onChange={(id) => {
        const chosen = others.find((one) => one.id === id)
        if (chosen) join(chosen)
      }}
    />
  )
}

/** Somebody's first department is their primary one until somebody says otherwise. */
function newPlace(isFirst: boolean) {
  return {
    is_primary: isFirst,
    can_pull_from_queue: true,
    max_concurrent_conversations: 5,
    priority_level: 0,
  }
}
