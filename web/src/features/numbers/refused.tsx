import { Alert, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { metaWords } from './meta-words'

/** Why the server, or Meta, said no. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  if (error === null || error === undefined) return null
  const words = metaWords(error, t)

  return (
    <Alert role="alert" color="red" icon={<IconAlertCircle size={18} stroke={1.8} />}>
      {words?.text ?? errorText(error)}
      {words && (
        <Text size="xs" mt={4}>
          {words.said}
        </Text>
      )}
    </Alert>
  )
}
