import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { useConfirm } from '@/shared/ui/confirm'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useChangePerson, useRemovePerson } from '../api/people'
import type { Person } from '../types'
import classes from './person-drawer.module.css'

interface PersonStandingProps {
  person: Person
  onRemoved: () => void
}

/** Whether somebody may come in, and whether they belong here at all. */
export function PersonStanding({ person, onRemoved }: PersonStandingProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const errorText = useErrorText()
  const change = useChangePerson(person.id)
  const remove = useRemovePerson(person.id)
  const name = person.full_name

  // Awaited, not called back: by the time it is done, or undone, nobody may be looking any more.
  async function turn(on: boolean): Promise<void> {
    try {
      await change.mutateAsync({ is_active: on })
      toastDone(
        t(on ? 'person.switchedOn' : 'person.switchedOff', { name }),
        on ? {} : { undo: () => void turn(true) },
      )
    } catch (error) {
      toastFailed(errorText(error))
    }
  }

  async function takeAway(): Promise<void> {
    const sure = await confirm({
      title: t('person.removeQuestion', { name }),
      text: t('person.removeConsequence', { name }),
      confirm: t('person.remove'),
      danger: true,
    })
    if (!sure) return
    try {
      await remove.mutateAsync()
      onRemoved()
      toastDone(t('person.removed', { name }))
    } catch (error) {
      toastFailed(errorText(error))
    }
  }

  return (
    <section className={classes.standing}>
      <div className={classes.deed}>
        <div>
          <strong>{t(person.is_active ? 'person.switchOffTitle' : 'person.switchOnTitle')}</strong>
          <p className={classes.faint}>
            {t(person.is_active ? 'person.switchOffText' : 'person.switchOnText')}
          </p>
        </div>
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => void turn(!person.is_active)}
        >
          {t(person.is_active ? 'person.switchOff' : 'person.switchOn')}
        </Button>
      </div>
      <div className={classes.deed}>
        <div>
          <strong>{t('person.removeTitle')}</strong>
          <p className={classes.faint}>{t('person.removeText')}</p>
        </div>
        <Button
          variant="light"
          color="red"
          loading={remove.isPending}
          onClick={() => void takeAway()}
        >
          {t('person.remove')}
        </Button>
      </div>
    </section>
  )
}
