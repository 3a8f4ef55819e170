import { Alert, Anchor } from '@mantine/core'
import { IconGauge } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'

const words = {
  max_agents: 'team.seatsFull',
  max_departments: 'team.departmentsFull',
} as const

type Known = keyof typeof words

interface LimitNoticeProps {
  limit: Known
  allowed: number
  used: number
}

/** A plan is used up: how far it goes, how much is used, and where to change it. */
export function LimitNotice({ limit, allowed, used }: LimitNoticeProps) {
  const { t } = useTranslation()

  return (
    <Alert role="alert" color="honey" icon={<IconGauge size={18} stroke={1.8} />}>
      {t(words[limit], { allowed, used })}{' '}
      <Anchor inherit renderRoot={(props) => <Link {...props} to="/settings/organization" />}>
        {t('team.seeLimits')}
      </Anchor>
    </Alert>
  )
}

/** What a refusal says about a limit, if it is about one that the team knows. */
export function limitOf(error: unknown): LimitNoticeProps | undefined {
  if (!(error instanceof ApiError) || error.code !== 'limit_reached') return undefined
  const { limit, allowed, used } = error.details
  const known = typeof limit === 'string' && isKnown(limit) ? limit : undefined
  if (!known || typeof allowed !== 'number' || typeof used !== 'number') return undefined
  return { limit: known, allowed, used }
}

function isKnown(limit: string): limit is Known {
  return Object.hasOwn(words, limit)
}
