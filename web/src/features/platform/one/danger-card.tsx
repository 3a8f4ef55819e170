import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { useConfirm } from '@/shared/ui/confirm'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useChange, useSetDeleted } from '../api'
import type { Organization } from '../types'
import classes from '../platform.module.css'
import { stateOf } from '../state'

interface DangerCardProps {
  organization: Organization
  /** The operator's own, which is never switched off. */
  own: boolean
}

/** Everything here can be taken back, but shuts people out until it is. */
export function DangerCard({ organization, own }: DangerCardProps) {
  const { t } = useTranslation()
  const state = stateOf(organization)

  if (own) {
    return <SectionCard title={t('platform.danger')} description={t('platform.dangerOwn')} />
  }
  return (
    <SectionCard danger title={t('platform.danger')}>
      <div className={classes.acts}>
        {state === 'deleted' ? (
          <Restore organization={organization} />
        ) : (
          <>
            <Suspension organization={organization} />
            <Deletion organization={organization} />
          </>
        )}
      </div>
    </SectionCard>
  )
}

function Suspension({ organization: { id, name, is_active } }: { organization: Organization }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const errorText = useErrorText()
  const change = useChange(id)
  const onError = (error: Error) => toastFailed(errorText(error))

  function resume() {
    change.mutate(
      { is_active: true },
      { onSuccess: () => toastDone(t('platform.resumed', { name })), onError },
    )
  }

  async function suspend() {
    const yes = await confirm({
      title: t('platform.suspendTitle', { name }),
      text: t('platform.suspendConfirm'),
      confirm: t('platform.suspend'),
      danger: true,
    })
    if (!yes) return
    change.mutate(
      { is_active: false },
      {
        onSuccess: () => toastDone(t('platform.suspended', { name }), { undo: resume }),
        onError,
      },
    )
  }

  return (
    <div>
      <p>{is_active ? t('platform.suspendText') : t('platform.resumeText')}</p>
      {is_active ? (
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => {
            void suspend()
          }}
        >
          {t('platform.suspend')}
        </Button>
      ) : (
        <Button loading={change.isPending} onClick={resume}>
          {t('platform.resume')}
        </Button>
      )}
    </div>
  )
}

function Deletion({ organization: { id, name, slug } }: { organization: Organization }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const errorText = useErrorText()
  const setDeleted = useSetDeleted(id)
  const onError = (error: Error) => toastFailed(errorText(error))

  async function remove() {
    const yes = await confirm({
      title: t('platform.deleteTitle', { name }),
      text: t('platform.deleteConfirm'),
      confirm: t('platform.delete'),
      danger: true,
      typed: slug,
    })
    if (!yes) return
    setDeleted.mutate(true, {
      onSuccess: () => toastDone(t('platform.deleted', { name })),
      onError,
    })
  }

  return (
    <div>
      <p>{t('platform.deleteText')}</p>
      <Button
        color="red"
        variant="outline"
        loading={setDeleted.isPending}
        onClick={() => {
          void remove()
        }}
      >
        {t('platform.delete')}
      </Button>
    </div>
  )
}

function Restore({ organization: { id, name } }: { organization: Organization }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const setDeleted = useSetDeleted(id)

  return (
    <div>
      <p>{t('platform.restoreText')}</p>
      <Button
        loading={setDeleted.isPending}
        onClick={() =>
          setDeleted.mutate(false, {
            onSuccess: () => toastDone(t('platform.restored', { name })),
            onError: (error) => toastFailed(errorText(error)),
          })
        }
      >
        {t('platform.restore')}
      </Button>
    </div>
  )
}
