import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/ui/page'
import { SectionCard } from '@/shared/ui/section-card'
import type { WhatsAppNumber } from '../api'
import classes from '../numbers.module.css'
import { AppStep } from './app-step'
import { NumberStep } from './number-step'
import { TestStep } from './test-step'
import { WebhookStep } from './webhook-step'

const STEPS = ['App', 'Webhook', 'Number', 'Test'] as const

type Step = (typeof STEPS)[number]

interface ConnectPageProps {
  onDone: () => void
}

/** From nothing to a number whose first message has arrived, one thing at a time. */
export function ConnectPage({ onDone }: ConnectPageProps) {
  const { t } = useTranslation()
  const [step, setStep] = useState<Step>('App')
  const [app, setApp] = useState<{ id: string; verifyToken?: string | undefined }>()
  const [number, setNumber] = useState<WhatsAppNumber>()

  return (
    <Page title={t('numbers.wizard')} back={<Link to="/numbers">← {t('numbers.back')}</Link>}>
      <ol className={classes.steps} aria-label={t('numbers.wizardSteps')}>
        {STEPS.map((one) => (
          <li key={one} aria-current={one === step ? 'step' : undefined}>
            {t(`numbers.step${one}`)}
          </li>
        ))}
      </ol>
      {step === 'App' && (
        <SectionCard title={t('numbers.stepApp')} description={t('numbers.stepAppText')}>
          <AppStep
            onChosen={(id, verifyToken) => {
              setApp({ id, verifyToken })
              setStep('Webhook')
            }}
          />
        </SectionCard>
      )}
      {step === 'Webhook' && app && (
        <SectionCard title={t('numbers.stepWebhook')} description={t('numbers.stepWebhookText')}>
          <WebhookStep
            channelId={app.id}
            verifyToken={app.verifyToken}
            onRenewed={(verifyToken) => setApp({ ...app, verifyToken })}
            onBack={() => setStep('App')}
            onNext={() => setStep('Number')}
          />
        </SectionCard>
      )}
      {step === 'Number' && app && (
        <SectionCard title={t('numbers.stepNumber')} description={t('numbers.stepNumberText')}>
          <NumberStep
            channelId={app.id}
            onBack={() => setStep('Webhook')}
            onConnected={(connected) => {
              setNumber(connected)
              setStep('Test')
            }}
          />
        </SectionCard>
      )}
      {step === 'Test' && number && (
        <SectionCard title={t('numbers.stepTest')}>
          <TestStep number={number} onDone={onDone} />
        </SectionCard>
      )}
    </Page>
  )
}
