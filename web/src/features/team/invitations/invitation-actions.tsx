import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { useConfirm } from '@/shared/ui/confirm'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useInvite, useWithdraw } from '../api/invitations'
import type { Invitation } from '../types'

export function InvitationActions({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const errorText = useErrorText()
  const invite = useInvite()
  const withdraw = useWithdraw()
  const { id, email, full_name: name, role, status } = invitation
  const onError = (error: unknown) => toastFailed(errorText(error))

  function resend(): void {
    invite.mutate(
      { email, full_name: name, role },
      { onSuccess: () => toastDone(t('invitations.resent', { email })), onError },
    )
  }

  async function takeBack(): Promise<void> {
    const sure = await confirm({
      title: t('invitations.withdrawQuestion', { name }),
      text: t('invitations.withdrawText', { email }),
      confirm: t('invitations.withdrawConfirm'),
      danger: true,
    })
    if (!sure) return
    try {
      await withdraw.mutateAsync(id)
      toastDone(t('invitations.withdrawn', { email }))
    } catch (error) {
      onError(error)
    }
  }

  if (status === 'accepted') return null
  const pending = status === 'pending'
  const busy = invite.isPending || withdraw.isPending
  return (
    <>
      <Group gap="xs" wrap="nowrap" justify="flex-end" visibleFrom="sm">
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('invitations.resendTo', { email })}
          loading={invite.isPending}
          onClick={resend}
        >
          {t('invitations.resend')}
        </Button>
        {pending && (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            aria-label={t('invitations.withdrawOf', { email })}
            loading={withdraw.isPending}
            onClick={() => void takeBack()}
          >
            {t('invitations.withdraw')}
          </Button>
        )}
      </Group>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon
            hiddenFrom="sm"
            variant="subtle"
            color="gray"
            size="lg"
            loading={busy}
            aria-label={t('invitations.actionsOf', { email })}
          >
            <IconDots size={19} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={resend}>{t('invitations.resend')}</Menu.Item>
          {pending && (
            <Menu.Item color="red" onClick={() => void takeBack()}>
              {t('invitations.withdrawConfirm')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
