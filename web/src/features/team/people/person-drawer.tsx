import { Drawer, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconUserOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { usePerson } from '../api/people'
import { usePermissionTable } from '../api/rules'
import classes from './person-drawer.module.css'
import { PersonDetails } from './person-details'

interface PersonDrawerProps {
  personId: string | undefined
  onClose: () => void
}

export function PersonDrawer({ personId, onClose }: PersonDrawerProps) {
  const { t } = useTranslation()
  // While it slides away it still shows whom it showed.
  const [shown, setShown] = useState(personId)
  if (personId !== undefined && personId !== shown) setShown(personId)

  return (
    <Drawer
      opened={personId !== undefined}
      onClose={onClose}
      position="right"
      size={520}
      padding={0}
      title={t('people.person')}
      closeButtonProps={{ 'aria-label': t('person.close') }}
      classNames={{ header: classes.header, body: classes.body, title: classes.title }}
    >
      {shown !== undefined && <Content key={shown} personId={shown} onClose={onClose} />}
    </Drawer>
  )
}

interface ContentProps {
  personId: string
  onClose: () => void
}

function Content({ personId, onClose }: ContentProps) {
  const { t } = useTranslation()
  const person = usePerson(personId)
  const table = usePermissionTable()

  if (person.data && table.data) {
    return <PersonDetails person={person.data} table={table.data} onClose={onClose} />
  }
  if (person.error instanceof ApiError && person.error.status === 404) {
    return <Notice icon={<IconUserOff size={26} stroke={1.6} />} title={t('person.gone')} />
  }
  const error = person.error ?? table.error
  if (error) {
    return (
      <Failure
        error={error}
        onRetry={() => {
          void person.refetch()
          void table.refetch()
        }}
      />
    )
  }
  return (
    <div className={classes.loading}>
      <VisuallyHidden role="status">{t('app.loading')}</VisuallyHidden>
      <Skeleton height={64} circle />
      <Skeleton height={16} width="50%" />
      <Skeleton height={38} />
      <Skeleton height={38} />
      <Skeleton height={180} />
    </div>
  )
}
