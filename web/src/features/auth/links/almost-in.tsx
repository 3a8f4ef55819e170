import { Loader, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Heading } from '../heading'
import { BackToSignIn } from './ways-on'

interface AlmostInProps {
  /** What has been done. */
  title: string
  /** Why going in at once did not work; what was done is done all the same. */
  error: Error | null
}

export function AlmostIn({ title, error }: AlmostInProps) {
  const { t } = useTranslation()
  return (
    <>
      <Heading title={title} arrived>
        {t(error ? 'links.signInNow' : 'links.entering')}
      </Heading>
      {error ? (
        <BackToSignIn />
      ) : (
        <Stack align="flex-start">
          <Loader size="sm" />
        </Stack>
      )}
    </>
  )
}
