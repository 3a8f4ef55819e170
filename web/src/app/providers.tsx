import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { createQueryClient } from '@/shared/api/query-client'
import { i18n } from '@/shared/i18n/i18n'
import { cssVariables, theme } from '@/shared/theme/theme'
import { ConfirmDialog } from '@/shared/ui/confirm'
import { Toasts } from '@/shared/ui/toasts'
import { createAppRouter } from './router'
import { ServerAway } from './server-away'

interface ProvidersProps {
  /** Whether the server has said who is here, or that nobody is. */
  isKnown: boolean
}

export function Providers({ isKnown }: ProvidersProps) {
  const [away, setAway] = useState(!isKnown)
  const [queries] = useState(createQueryClient)
  const [router] = useState(() => createAppRouter(queries))

  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          {away ? <ServerAway onBack={() => setAway(false)} /> : <RouterProvider router={router} />}
          <ConfirmDialog />
          <Toasts />
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>
  )
}
