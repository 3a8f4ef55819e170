import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { useCurrentUser } from '@/shared/api/current-user'
import { fullDate } from '@/shared/format/time'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import type { PermissionTable, Person } from '../types'
import { PersonDepartments } from './person-departments'
import classes from './person-drawer.module.css'
import { PersonForm } from './person-form'
import { PersonStanding } from './person-standing'
import { Seen } from './seen'

interface PersonDetailsProps {
  person: Person
  table: PermissionTable
  onClose: () => void
}

export function PersonDetails({ person, table, onClose }: PersonDetailsProps) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const can = useCan()
  const me = useCurrentUser()
  const isMe = me?.id === person.id
  const isWithinReach = person.granted.every(can)
  const mayChange = can('people.write') && isWithinReach

  return (
    <div className={classes.details}>
      <div className={classes.person}>
        <PersonAvatar name={person.full_name} seed={person.id} url={person.avatar_url} size={64} />
        <div>
          <h3>{person.full_name}</h3>
          <p>{person.email}</p>
          <p>
            <Seen person={person} /> ·{' '}
            {t('person.since', { date: fullDate(new Date(person.created_at), style) })}
          </p>
        </div>
      </div>
      <PersonForm person={person} table={table} readOnly={!mayChange} locked={lockedText()} />
      <PersonDepartments person={person} />
      {mayChange && !isMe && <PersonStanding person={person} onRemoved={onClose} />}
    </div>
  )

  function lockedText(): string | undefined {
    if (isMe) return t('person.ownAccess')
    if (!can('people.write')) return t('person.readOnly')
    if (!isWithinReach) return t('person.beyondYou')
    return undefined
  }
}
