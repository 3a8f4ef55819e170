import { Anchor } from '@mantine/core'
import { Trans, useTranslation } from 'react-i18next'
import { SectionCard } from '@/shared/ui/section-card'
import classes from './api-keys.module.css'

const HINTS = ['apiKeys.hintAuth', 'apiKeys.hintOnce', 'apiKeys.hintRates'] as const

export function IntegrationHints() {
  const { t } = useTranslation()

  return (
    <SectionCard title={t('apiKeys.hints')}>
      <ul className={classes.hints}>
        {HINTS.map((hint) => (
          <li key={hint}>
            <Trans t={t} i18nKey={hint} components={{ code: <code /> }} />
          </li>
        ))}
        <li>
          <Anchor
            href="/api/openapi.json"
            target="_blank"
            rel="noreferrer"
            inherit
            underline="always"
          >
            {t('apiKeys.hintDocs')}
          </Anchor>
        </li>
      </ul>
    </SectionCard>
  )
}
