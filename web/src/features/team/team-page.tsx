import type { ReactNode } from 'react'
import { Page } from '@/shared/ui/page'
import { useLiveTeam } from './api/use-live-team'
import { TeamTabs } from './team-tabs'

interface TeamPageProps {
  title: string
  subtitle: string
  actions?: ReactNode
  children: ReactNode
}

export function TeamPage({ title, subtitle, actions, children }: TeamPageProps) {
  useLiveTeam()

  return (
    <Page title={title} subtitle={subtitle} actions={actions} width="wide">
      <TeamTabs />
      {children}
    </Page>
  )
}
