import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import { DataList, type DataColumn } from '@/shared/ui/data-list'
import type { ApiKey } from './api'
import { KeyStateLabel, LastUse } from './key-labels'
import classes from './api-keys.module.css'

interface KeyListProps {
  label: string
  keys: readonly ApiKey[] | undefined
  onOpen: (key: ApiKey) => void
  empty: ReactNode
}

export function KeyList({ label, keys, onOpen, empty }: KeyListProps) {
  const { t } = useTranslation()
  const columns: DataColumn<ApiKey>[] = [
    {
      key: 'name',
      label: t('apiKeys.name'),
      render: ({ name, prefix }) => (
        <span className={classes.title}>
          {name}
          <span className={classes.prefix}>{prefix}…</span>
        </span>
      ),
    },
    {
      key: 'may',
      label: t('apiKeys.may'),
      render: ({ scopes }) => t('apiKeys.scopeCount', { count: scopes.length }),
    },
    {
      key: 'used',
      label: t('apiKeys.lastUsed'),
      render: (apiKey) => <LastUse apiKey={apiKey} />,
    },
    {
      key: 'state',
      label: t('apiKeys.expires'),
      render: (apiKey) => <KeyStateLabel apiKey={apiKey} />,
    },
    {
      key: 'by',
      label: t('apiKeys.madeBy'),
      hideOnPhone: true,
      render: ({ created_by_name }) => created_by_name ?? t('apiKeys.gone'),
    },
  ]

  return (
    <DataList
      label={label}
      items={keys}
      keyOf={({ id }) => id}
      columns={columns}
      onOpen={onOpen}
      empty={empty}
      skeletonRows={3}
    />
  )
}
