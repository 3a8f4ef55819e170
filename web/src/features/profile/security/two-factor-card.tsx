import { Button, Group, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '@/shared/ui/failure'
import { SectionCard } from '@/shared/ui/section-card'
import { Tag } from '@/shared/ui/tag'
import { useTwoFactor } from './api'
import { NewCodesDialog } from './new-codes-dialog'
import classes from './security.module.css'
import { SetUpDialog } from './set-up-dialog'
import { SwitchOffDialog } from './switch-off-dialog'

/** So few recovery codes are soon none. */
const FEW = 2

type Dialog = 'set-up' | 'new-codes' | 'switch-off'

export function TwoFactorCard({ email }: { email: string }) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<Dialog>()
  const { data: state, error, refetch } = useTwoFactor()
  const close = () => setDialog(undefined)

  return (
    <SectionCard
      title={t('profile.twoFactor.title')}
      description={t('profile.twoFactor.text')}
      action={
        state && (
          <Tag tone={state.is_on ? 'good' : 'plain'}>
            {state.is_on ? t('profile.twoFactor.on') : t('profile.twoFactor.off')}
          </Tag>
        )
      }
    >
      {error && !state && <Failure error={error} onRetry={() => void refetch()} />}
      {!state && !error && <Skeleton height={72} radius="md" />}
      {state?.is_on && <On left={state.recovery_codes_left} onDialog={setDialog} />}
      {state && !state.is_on && (
        <div className={classes.state}>
          <p>{t('profile.twoFactor.why')}</p>
          <Button onClick={() => setDialog('set-up')}>{t('profile.twoFactor.setUp')}</Button>
        </div>
      )}
      {dialog === 'set-up' && <SetUpDialog email={email} onClose={close} />}
      {dialog === 'new-codes' && <NewCodesDialog email={email} onClose={close} />}
      {dialog === 'switch-off' && <SwitchOffDialog email={email} onClose={close} />}
    </SectionCard>
  )
}

function On({ left, onDialog }: { left: number; onDialog: (dialog: Dialog) => void }) {
  const { t } = useTranslation()

  return (
    <div className={classes.state}>
      <div>
        {left > 0 && <p>{t('profile.twoFactor.left', { count: left })}</p>}
        {left <= FEW && (
          <p className={classes.few} role="status">
            {left === 0 ? t('profile.twoFactor.noneLeft') : t('profile.twoFactor.fewLeft')}
          </p>
        )}
      </div>
      <Group gap="sm">
        <Button variant={left <= FEW ? 'filled' : 'default'} onClick={() => onDialog('new-codes')}>
          {t('profile.twoFactor.newCodes')}
        </Button>
        <Button variant="subtle" color="red" onClick={() => onDialog('switch-off')}>
          {t('profile.twoFactor.switchOff')}
        </Button>
      </Group>
    </div>
  )
}
