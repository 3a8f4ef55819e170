import { Alert } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useErrorText } from '@/shared/api/use-error-text'
import { LimitNotice, limitOf } from './limit-notice'

/** Why the server said no, where no field is to blame. */
export function Refusal({ error }: { error: unknown }) {
  const errorText = useErrorText()
  if (error === null || error === undefined) return null

  const limit = limitOf(error)
  if (limit) return <LimitNotice {...limit} />
  return (
    <Alert role="alert" color="red" icon={<IconAlertCircle size={18} stroke={1.8} />}>
      {errorText(error)}
    </Alert>
  )
}
