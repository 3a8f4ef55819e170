import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { session } from '@/shared/api/session'
import { useConfirm } from '@/shared/ui/confirm'

/** Nobody loses what they typed by leaving: closing, going back and other places are asked about first. */
export function useUnsavedGuard(dirty: boolean): void {
  const { t } = useTranslation()
  const confirm = useConfirm()

  async function stay(): Promise<boolean> {
    // A session that has ended leaves nothing that could be saved.
    if (session.getState().token === null) return false
    return !(await confirm({
      title: t('team.leaveTitle'),
      text: t('team.leaveText'),
      confirm: t('team.leave'),
      danger: true,
    }))
  }
  useBlocker({ shouldBlockFn: stay, disabled: !dirty, enableBeforeUnload: dirty })
}
