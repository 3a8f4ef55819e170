import { Button } from '@mantine/core'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { useCurrentUser } from '@/shared/api/current-user'
import { DataList, type DataColumn } from '@/shared/ui/data-list'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { usePeople, type PeopleFilter } from '../api/people'
import { PersonName } from '../person-name'
import { Access } from '../role-badge'
import { TeamPage } from '../team-page'
import type { Person } from '../types'
import classes from './people-page.module.css'
import { PeopleFilters } from './people-filters'
import { PersonDrawer } from './person-drawer'
import { Seats } from './seats'
import { Seen } from './seen'

export interface PeopleSearch extends PeopleFilter {
  person?: string | undefined
}

interface PeoplePageProps {
  search: PeopleSearch
  onSearch: (search: PeopleSearch) => void
}

export function PeoplePage({ search, onSearch }: PeoplePageProps) {
  const { t } = useTranslation()
  const can = useCan()
  const user = useCurrentUser()
  const { person, ...filter } = search

  return (
    <TeamPage
      title={t('team.title')}
      subtitle={t('team.subtitle', { organization: user?.organization.name ?? '' })}
      actions={can('users.invite') && <InviteButton />}
    >
      <div className={classes.tools}>
        <PeopleFilters filter={filter} onFilter={(next) => onSearch({ ...next, person })} />
        <Seats />
      </div>
      <People filter={filter} onSearch={onSearch} />
      <PersonDrawer personId={person} onClose={() => onSearch(filter)} />
    </TeamPage>
  )
}

interface PeopleProps {
  filter: PeopleFilter
  onSearch: (search: PeopleSearch) => void
}

function People({ filter, onSearch }: PeopleProps) {
  const { t } = useTranslation()
  const columns = useColumns()
  const { people, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    usePeople(filter)
  if (!people && error) return <Failure error={error} onRetry={() => void refetch()} />

  return (
    <>
      <DataList
        label={t('people.list')}
        items={people}
        keyOf={({ id }) => id}
        columns={columns}
        onOpen={({ id }) => onSearch({ ...filter, person: id })}
        sorted={filter.sort}
        onSort={(sort) => onSearch({ ...filter, sort })}
        empty={<NoMatch onClear={() => onSearch({ sort: filter.sort })} />}
      />
      {people?.length === 1 && isOpen(filter) && <Alone />}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('app.more')}
        </Button>
      )}
    </>
  )
}

type Sort = 'name' | 'role' | 'last_seen_at'

function useColumns(): DataColumn<Person, Sort>[] {
  const { t } = useTranslation()

  return [
    {
      key: 'person',
      label: t('people.person'),
      sort: 'name',
      render: (person) => (
        <PersonName
          id={person.id}
          name={person.full_name}
          url={person.avatar_url}
          detail={person.email}
          online={person.is_online}
          off={!person.is_active}
        />
      ),
    },
    {
      key: 'role',
      label: t('people.role'),
      sort: 'role',
      render: (person) => <Access person={person} />,
    },
    {
      key: 'departments',
      label: t('people.departments'),
      render: ({ departments }) => (
        <span className={classes.departments}>
          {departments.map(({ name }) => name).join(', ') || '—'}
        </span>
      ),
    },
    {
      key: 'seen',
      label: t('people.seen'),
      sort: 'last_seen_at',
      downFirst: true,
      render: (person) => <Seen person={person} />,
    },
  ]
}

function isOpen({ q, role, department, state }: PeopleFilter): boolean {
  return [q, role, department, state].every((value) => value === undefined)
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <Notice
      icon={<IconUsers size={26} stroke={1.6} />}
      title={t('people.noMatchTitle')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('people.clearFilters')}
        </Button>
      }
    >
      {t('people.noMatchText')}
    </Notice>
  )
}

function Alone() {
  const { t } = useTranslation()
  const can = useCan()
  if (!can('users.invite')) return null

  return (
    <Notice icon={<IconUserPlus size={26} stroke={1.6} />} title={t('people.aloneTitle')}>
      {t('people.aloneText')}
    </Notice>
  )
}

function InviteButton() {
  const { t } = useTranslation()
  return (
    <Button
      leftSection={<IconUserPlus size={18} stroke={1.8} />}
      renderRoot={(props) => <Link {...props} to="/team/invitations" search={{ invite: true }} />}
    >
      {t('people.invite')}
    </Button>
  )
}
