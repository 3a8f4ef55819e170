import { IconChecks, IconRobot } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './welcome-scene.module.css'

/** What the product does, in four bubbles. Decoration: a screen reader goes straight to the form. */
export function WelcomeScene() {
  const { t } = useTranslation()

  return (
    <div className={classes.scene} aria-hidden="true">
      <div className={classes.talk}>
        <p className={classes.them}>{t('signIn.sceneAsks')}</p>
        <Answer text={t('signIn.sceneAnswers')} />
        <p className={classes.them}>{t('signIn.sceneTells')}</p>
        <Answer text={t('signIn.sceneCloses')} />
      </div>
      <p className={classes.promise}>{t('signIn.promise')}</p>
    </div>
  )
}

function Answer({ text }: { text: string }) {
  const { t } = useTranslation()
  return (
    <div className={classes.us}>
      <span className={classes.bot}>
        <IconRobot size={13} stroke={2} />
        {t('sender.bot')}
      </span>
      {text}
      <IconChecks className={classes.read} size={16} stroke={2} />
    </div>
  )
}
