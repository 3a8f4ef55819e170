import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { fullDate } from '@/shared/format/time'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { useConfirm } from '@/shared/ui/confirm'
import { toastDone } from '@/shared/ui/toast'
import type { Channel } from '../api'
import { useForgetSecret } from '../channel-api'
import classes from '../numbers.module.css'
import { Refused } from '../refused'

interface PreviousSecretProps {
  channel: Channel
  until: string
}

/** While two secrets are good, whoever knows the old one could still speak as Meta. */
export function PreviousSecret({ channel, until }: PreviousSecretProps) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const confirm = useConfirm()
  const forget = useForgetSecret(channel.id)

  async function ask(): Promise<void> {
    const yes = await confirm({
      title: t('numbers.forgetQuestion'),
      text: t('numbers.forgetQuestionText'),
      confirm: t('numbers.forgetSecret'),
      danger: true,
    })
    if (yes) forget.mutate(undefined, { onSuccess: () => toastDone(t('numbers.secretForgotten')) })
  }

  return (
    <div className={classes.deed}>
      <div className={classes.deedHead}>
        <div>
          <h3>{t('numbers.previousSecret')}</h3>
          <p>{t('numbers.previousSecretText', { date: fullDate(new Date(until), style) })}</p>
        </div>
        <Button variant="default" loading={forget.isPending} onClick={() => void ask()}>
          {t('numbers.forgetSecret')}
        </Button>
      </div>
      <Refused error={forget.error} />
    </div>
  )
}
