import { Alert } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useErrorText } from '@/shared/api/use-error-text'

/** Why the server, or Meta, said no. */
export function Refused({ error }: { error: unknown }) {
  const errorText = useErrorText()
  if (error === null || error === undefined) return null
  return (
    <Alert role="alert" color="red" icon={<IconAlertCircle size={18} stroke={1.8} />}>
      {errorText(error)}
    </Alert>
  )
}
