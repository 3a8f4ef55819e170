import { Button } from '@mantine/core'
import { IconBrandWhatsapp, IconMail, IconUsersPlus, type Icon } from '@tabler/icons-react'
import type { ParseKeys } from 'i18next'
import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Heading } from '../heading'
import type { Founding } from './founding'
import classes from './setup.module.css'

interface WhatNextProps {
  founding: Founding
  onGoOn: () => void
}

/** The installation is somebody's now: the three things to do on the first day. */
export function WhatNext({ founding, onGoOn }: WhatNextProps) {
  const { t } = useTranslation()

  return (
    <>
      <Heading title={t('setup.doneTitle', { organization: founding.name.trim() })} arrived>
        {t('setup.doneText')}
      </Heading>
      <ul className={classes.next}>
        <Next icon={IconBrandWhatsapp} title="setup.nextNumber">
          <Trans
            i18nKey="setup.nextNumberText"
            values={{ command: `pytake number connect --organization ${founding.slug} …` }}
            components={{ code: <code /> }}
          />
        </Next>
        <Next icon={IconUsersPlus} title="setup.nextTeam">
          {t('setup.nextTeamText')}
        </Next>
        <Next icon={IconMail} title="setup.nextMail">
          {t('setup.nextMailText', { email: founding.email.trim() })}
        </Next>
      </ul>
      <Button size="md" fullWidth onClick={onGoOn}>
        {t('setup.goOn')}
      </Button>
    </>
  )
}

interface NextProps {
  icon: Icon
  title: ParseKeys
  children: ReactNode
}

function Next({ icon: NextIcon, title, children }: NextProps) {
  const { t } = useTranslation()
  return (
    <li>
      <NextIcon size={22} stroke={1.7} aria-hidden="true" />
      <strong>{t(title)}</strong>
      <p>{children}</p>
    </li>
  )
}
