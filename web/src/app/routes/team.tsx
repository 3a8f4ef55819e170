import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { DepartmentPage } from '@/features/team/departments/department-page'
import { DepartmentsPage } from '@/features/team/departments/departments-page'
import { InvitationsPage } from '@/features/team/invitations/invitations-page'
import { PeoplePage } from '@/features/team/people/people-page'

export function PeopleRoute() {
  const search = useSearch({ from: '/signed-in/team' })
  const navigate = useNavigate({ from: '/team' })

  return (
    <PeoplePage
      search={search}
      onSearch={(next) => {
        // Opening somebody is a step that "back" undoes; typing is not.
        void navigate({ search: next, replace: next.person === search.person })
      }}
    />
  )
}

export function InvitationsRoute() {
  const search = useSearch({ from: '/signed-in/team/invitations' })
  const navigate = useNavigate({ from: '/team/invitations' })

  return (
    <InvitationsPage
      search={search}
      onSearch={({ all, invite }) =>
        void navigate({ search: { ...(all && { all }), ...(invite && { invite }) }, replace: true })
      }
    />
  )
}

export function DepartmentsRoute() {
  const { create } = useSearch({ from: '/signed-in/team/departments' })
  const navigate = useNavigate({ from: '/team/departments' })

  return (
    <DepartmentsPage
      creating={create ?? false}
      onCreating={(creating) =>
        void navigate({ search: creating ? { create: true } : {}, replace: true })
      }
      onOpen={(id) => void navigate({ to: '/team/departments/$id', params: { id } })}
    />
  )
}

export function DepartmentRoute() {
  const { id } = useParams({ from: '/signed-in/team/departments/$id' })
  const navigate = useNavigate()

  return (
    <DepartmentPage
      key={id}
      departmentId={id}
      onDeleted={() => void navigate({ to: '/team/departments' })}
    />
  )
}
