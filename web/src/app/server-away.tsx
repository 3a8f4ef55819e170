import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { resumeSession } from '@/shared/api/refresh'
import { Notice } from '@/shared/ui/notice'

const PAUSE = 3_000

/** Nobody is sent to sign in again because the server is away: when it is back, the page goes on by itself. */
export function ServerAway({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const ask = useEffectEvent(async () => {
    const isKnown = await resumeSession()
    if (isKnown) onBack()
    return isKnown
  })

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    // Part of it is chance, so that a restarted server is not met by everyone in the same instant.
    const wait = () => {
      timer = setTimeout(() => void again(), PAUSE * (1 + Math.random()))
    }
    const again = async () => {
      if (!(await ask())) wait()
    }
    const wake = () => void ask()
    wait()
    window.addEventListener('online', wake)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', wake)
    }
  }, [])

  async function askNow(): Promise<void> {
    setAsking(true)
    if (await resumeSession()) onBack()
    else setAsking(false)
  }

  return (
    <Notice
      urgent
      alone
      icon={<IconPlugConnectedX size={26} stroke={1.6} />}
      title={t('app.awayTitle')}
      action={
        <Button loading={asking} onClick={() => void askNow()}>
          {t('errors.retry')}
        </Button>
      }
    >
      {t('app.awayText')}
    </Notice>
  )
}
