import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { TemplatePage } from '@/features/templates/editor/template-page'
import { TemplatesPage } from '@/features/templates/templates-page'

export function TemplatesRoute() {
  const { new: creating = false, ...filters } = useSearch({ from: '/signed-in/templates' })
  const navigate = useNavigate()

  return (
    <TemplatesPage
      filters={filters}
      onFilters={(next) => void navigate({ to: '/templates', search: next, replace: true })}
      creating={creating}
      onCreating={(open) =>
        void navigate({ to: '/templates', search: { ...filters, ...(open && { new: true }) } })
      }
      onOpen={(id) => void navigate({ to: '/templates/$id', params: { id } })}
    />
  )
}

export function TemplateRoute() {
  const { id } = useParams({ from: '/signed-in/templates/$id' })
  const navigate = useNavigate()

  return (
    <TemplatePage
      key={id}
      templateId={id}
      onOpen={(next) => void navigate({ to: '/templates/$id', params: { id: next } })}
      onDeleted={() => void navigate({ to: '/templates' })}
    />
  )
}
