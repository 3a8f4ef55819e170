import { useTranslation } from 'react-i18next'
import { useCurrentUser } from '@/shared/api/current-user'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import classes from './person-name.module.css'

interface PersonNameProps {
  id: string
  name: string
  /** Of their picture. */
  url?: string | null | undefined
  /** Under the name. */
  detail?: string | undefined
  online?: boolean | undefined
  off?: boolean | undefined
}

/** Who somebody is, at a glance: their face, whether they are here, and whether it is you. */
export function PersonName({ id, name, url, detail, online, off }: PersonNameProps) {
  const { t } = useTranslation()
  const me = useCurrentUser()

  return (
    <span className={classes.person} data-off={off ? true : undefined}>
      <span className={classes.face}>
        <PersonAvatar name={name} seed={id} url={url} size={36} />
        {online && <span className={classes.dot} role="img" aria-label={t('people.online')} />}
      </span>
      <span className={classes.text}>
        <span className={classes.name}>
          {name}
          {me?.id === id && <span className={classes.you}>{t('team.you')}</span>}
          {off && <span className={classes.off}>{t('people.off')}</span>}
        </span>
        {detail && <span className={classes.detail}>{detail}</span>}
      </span>
    </span>
  )
}
