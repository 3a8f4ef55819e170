import { Button } from '@mantine/core'
import {
  IconBrandWhatsapp,
  IconBuildingStore,
  IconChevronRight,
  IconKey,
  IconMail,
  IconUsersPlus,
  type Icon,
} from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ParseKeys } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Heading } from '../heading'
import { useInstallation } from '../installation'
import type { Founding } from './founding'
import classes from './setup.module.css'

interface WhatNextProps {
  founding: Founding
  onGoOn: () => void
}

/** The installation is somebody's now: what to do on the first day, and where. */
export function WhatNext({ founding, onGoOn }: WhatNextProps) {
  const { t } = useTranslation()
  const installation = useInstallation()

  return (
    <>
      <Heading title={t('setup.doneTitle', { organization: founding.name.trim() })} arrived>
        {t('setup.doneText')}
      </Heading>
      <ul className={classes.next}>
        <Next
          icon={IconBrandWhatsapp}
          title="setup.nextNumber"
          text={t('setup.nextNumberText')}
          link={{ to: '/numbers/connect' }}
        />
        <Next
          icon={IconUsersPlus}
          title="setup.nextTeam"
          text={t('setup.nextTeamText')}
          link={{ to: '/team/invitations', search: { invite: true } }}
        />
        <Next
          icon={IconMail}
          title="setup.nextMail"
          text={t('setup.nextMailText', { email: founding.email.trim() })}
          link={{ to: installation?.shows_outbox ? '/outbox' : '/profile' }}
        />
        <Next
          icon={IconBuildingStore}
          title="setup.nextOrganization"
          text={t('setup.nextOrganizationText')}
          link={{ to: '/settings/organization' }}
        />
        <Next
          icon={IconKey}
          title="setup.nextKey"
          text={t('setup.nextKeyText')}
          link={{ to: '/settings/api-keys', search: { new: true } }}
        />
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
  text: string
  link: Pick<LinkProps, 'to' | 'search'>
}

function Next({ icon: NextIcon, title, text, link }: NextProps) {
  const { t } = useTranslation()
  return (
    <li>
      <NextIcon size={22} stroke={1.7} aria-hidden="true" />
      <div>
        {/* Its area is the whole row. */}
        <Link {...link} className={classes.nextLink}>
          {t(title)}
        </Link>
        <p>{text}</p>
      </div>
      <IconChevronRight size={18} stroke={1.7} aria-hidden="true" />
    </li>
  )
}
