import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useConfirm } from '@/shared/ui/confirm'
import { toastDone } from '@/shared/ui/toast'
import type { WhatsAppNumber } from '../api'
import { numberName } from '../number-name'
import classes from '../numbers.module.css'
import { Refused } from '../refused'
import { useDeregister } from '../registration-api'

interface DeregisterDeedProps {
  number: WhatsAppNumber
  onDone: () => void
}

/** The number stays here, with all its conversations, and can be registered again. */
export function DeregisterDeed({ number, onDone }: DeregisterDeedProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const deregister = useDeregister(number.id)
  const name = numberName(number)

  async function ask(): Promise<void> {
    const yes = await confirm({
      title: t('numbers.deregisterQuestion', { name }),
      text: t('numbers.deregisterQuestionText'),
      confirm: t('numbers.deregister'),
      danger: true,
    })
    if (!yes) return
    // It is gone by then, as the number is registered no more: it is said all the same.
    try {
      await deregister.mutateAsync()
    } catch {
      return
    }
    toastDone(t('numbers.deregistered', { name }))
    onDone()
  }

  return (
    <div className={classes.deed}>
      <div className={classes.deedHead}>
        <div>
          <h3>{t('numbers.deregisterTitle')}</h3>
          <p>{t('numbers.deregisterText')}</p>
        </div>
        <Button variant="default" loading={deregister.isPending} onClick={() => void ask()}>
          {t('numbers.deregister')}
        </Button>
      </div>
      <Refused error={deregister.error} />
    </div>
  )
}
