import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { OrganizationsPage } from '@/features/platform/list/organizations-page'
import { NewOrganizationPage } from '@/features/platform/new/new-organization-page'
import { OrganizationPage } from '@/features/platform/one/organization-page'

export function OrganizationsRoute() {
  const { q = '', state = 'all' } = useSearch({ from: '/signed-in/platform/organizations' })
  const navigate = useNavigate()

  return (
    <OrganizationsPage
      wanted={{ q, state }}
      onWanted={(wanted) =>
        void navigate({
          to: '/platform/organizations',
          search: {
            q: wanted.q === '' ? undefined : wanted.q,
            state: wanted.state === 'all' ? undefined : wanted.state,
          },
          replace: true,
        })
      }
      onOpen={(organizationId) =>
        void navigate({ to: '/platform/organizations/$organizationId', params: { organizationId } })
      }
    />
  )
}

export function NewOrganizationRoute() {
  const navigate = useNavigate()

  return (
    <NewOrganizationPage
      onCreated={(organizationId) =>
        void navigate({
          to: '/platform/organizations/$organizationId',
          params: { organizationId },
          replace: true,
        })
      }
    />
  )
}

export function OrganizationRoute() {
  const { organizationId } = useParams({
    from: '/signed-in/platform/organizations/$organizationId',
  })
  return <OrganizationPage key={organizationId} id={organizationId} />
}
