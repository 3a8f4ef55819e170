import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Copied } from '@/shared/ui/copied'
import { useChannel, useRenewVerifyToken } from '../api'
import { Refused } from '../refused'
import { Waiting } from './waiting'

interface WebhookStepProps {
  channelId: string
  verifyToken: string | undefined
  onRenewed: (verifyToken: string) => void
  onBack: () => void
  onNext: () => void
}

/** What is pasted at Meta, and whether Meta has found us. */
export function WebhookStep({
  channelId,
  verifyToken,
  onRenewed,
  onBack,
  onNext,
}: WebhookStepProps) {
  const { t } = useTranslation()
  const { data: channel } = useChannel(channelId)
  const renew = useRenewVerifyToken()
  if (!channel) return <Skeleton height={180} radius="md" />
  const isVerified = channel.webhook_verified_at !== null

  return (
    <Stack gap="lg">
      <Copied label={t('numbers.webhookUrl')} text={channel.webhook_url} />
      {verifyToken && (
        <div>
          <Copied label={t('numbers.verifyToken')} text={verifyToken} />
          <Text size="sm" c="var(--ink-faint)" mt={6}>
            {t('numbers.verifyTokenOnce')}
          </Text>
        </div>
      )}
      {!verifyToken && !isVerified && (
        <Button
          variant="default"
          loading={renew.isPending}
          onClick={() =>
            renew.mutate(channelId, { onSuccess: ({ verify_token }) => onRenewed(verify_token) })
          }
        >
          {t('numbers.renewToken')}
        </Button>
      )}
      <Refused error={renew.error} />
      <Waiting done={isVerified ? t('numbers.verified') : undefined}>
        {t('numbers.waiting')}
      </Waiting>
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t('numbers.previous')}
        </Button>
        <Button variant={isVerified ? 'filled' : 'default'} onClick={onNext}>
          {isVerified ? t('numbers.next') : t('numbers.later')}
        </Button>
      </Group>
    </Stack>
  )
}
