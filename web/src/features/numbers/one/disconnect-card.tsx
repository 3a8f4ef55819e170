import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useConfirm } from '@/shared/ui/confirm'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone } from '@/shared/ui/toast'
import { useDisconnect, type WhatsAppNumber } from '../api'
import { numberName } from '../number-name'
import { Refused } from '../refused'

interface DisconnectCardProps {
  number: WhatsAppNumber
  onDone: () => void
}

export function DisconnectCard({ number, onDone }: DisconnectCardProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const disconnect = useDisconnect(number.id)
  const name = numberName(number)

  async function ask(): Promise<void> {
    const yes = await confirm({
      title: t('numbers.disconnectQuestion', { name }),
      text: t('numbers.disconnectText'),
      confirm: t('numbers.disconnect'),
      danger: true,
    })
    if (!yes) return
    disconnect.mutate(undefined, {
      onSuccess: () => {
        toastDone(t('numbers.disconnected', { name }))
        onDone()
      },
    })
  }

  return (
    <SectionCard
      danger
      title={t('numbers.disconnectTitle')}
      description={t('numbers.disconnectText')}
      action={
        <Button variant="default" loading={disconnect.isPending} onClick={() => void ask()}>
          {t('numbers.disconnect')}
        </Button>
      }
    >
      <Refused error={disconnect.error} />
    </SectionCard>
  )
}
