import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@/shared/theme/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { resumeSession } from '@/shared/api/refresh'
import { preferredLanguage, startTranslations } from '@/shared/i18n/i18n'
import { Providers } from './providers'

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no #root')

const [, isKnown] = await Promise.all([startTranslations(preferredLanguage()), resumeSession()])
createRoot(container).render(
  <StrictMode>
    <Providers isKnown={isKnown} />
  </StrictMode>,
)
