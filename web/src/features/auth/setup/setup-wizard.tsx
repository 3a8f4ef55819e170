import { Loader } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/api/use-error-text'
import { fieldErrors } from '@/shared/forms/field-errors'
import { passwordRefusal } from '@/shared/forms/password-problem'
import { languages } from '@/shared/i18n/i18n'
import { Failure } from '@/shared/ui/failure'
import { Heading } from '../heading'
import { useInstallation } from '../installation'
import { AlmostIn } from '../links/almost-in'
import { useLinkToken } from '../links/link-token'
import { useNewAccount } from '../links/use-new-account'
import { BackToSignIn } from '../links/ways-on'
import { OF_ORGANIZATION, type Founding, type Problems } from './founding'
import { NotSetUp } from './not-set-up'
import { OrganizationStep } from './organization-step'
import { OwnerStep } from './owner-step'
import { useSetUp, useSetupLink } from './setup-api'
import { ownZone } from './own-zone'
import { WhatNext } from './what-next'

interface SetupWizardProps {
  onGoOn: () => void
}

/** The first organization and its owner, by whoever holds the link that the server's own machine printed. */
export function SetupWizard({ onGoOn }: SetupWizardProps) {
  const token = useLinkToken('/setup')
  const { data, error, refetch } = useSetupLink(token)
  // Kept: signing in empties the cache, and a link that was used cannot be looked at again.
  const [isOpen, setIsOpen] = useState(false)
  if (data && !isOpen) setIsOpen(true)
  const isEnded = error instanceof ApiError && (error.status === 404 || error.status === 422)

  if (isOpen && token) return <Wizard token={token} onGoOn={onGoOn} />
  if (error && !isEnded) return <Failure error={error} onRetry={() => void refetch()} />
  if (token && !isEnded) return <Loader size="sm" />
  return <Closed ended={isEnded} />
}

/** Without a link that opens it: either there is an organization, or the link has to be had first. */
function Closed({ ended }: { ended: boolean }) {
  const { t } = useTranslation()
  const installation = useInstallation()

  if (!installation) return <Loader size="sm" />
  if (!installation.is_set_up) return <NotSetUp ended={ended} />
  return (
    <>
      <Heading title={t('setup.alreadyTitle')}>{t('setup.alreadyText')}</Heading>
      <BackToSignIn />
    </>
  )
}

function Wizard({ token, onGoOn }: { token: string; onGoOn: () => void }) {
  const { t, i18n } = useTranslation()
  const errorText = useErrorText()
  const setUp = useSetUp()
  const [step, setStep] = useState<'organization' | 'again' | 'owner' | 'done'>('organization')
  const { entering, enterWith, done } = useNewAccount(() => setStep('done'))
  const [founding, setFounding] = useState<Founding>(() => ({
    name: '',
    slug: '',
    timezone: ownZone(),
    locale: languages.find((one) => one === i18n.language) ?? 'pt-BR',
    full_name: '',
    email: '',
    password: '',
  }))
  const refused = refusals(setUp.error)
  const isTroubled = setUp.error !== null && Object.keys(refused).length === 0

  function change(changes: Partial<Founding>): void {
    setFounding((before) => ({ ...before, ...changes }))
    if (setUp.error) setUp.reset()
  }

  function create(): void {
    const { full_name, email, name } = founding
    const said = { full_name: full_name.trim(), email: email.trim(), name: name.trim() }
    setUp.mutate(
      { ...founding, ...said, token },
      {
        onSuccess: (made) => enterWith(made.email, founding.password),
        onError: (error) => {
          const isOfFirstStep = OF_ORGANIZATION.some((field) => field in refusals(error))
          if (isOfFirstStep) setStep('again')
        },
      },
    )
  }

  function refusals(error: unknown): Problems {
    const password = passwordRefusal(error, t)
    return {
      ...fieldErrors(error, { timezone_unknown: 'timezone', slug_taken: 'slug' }),
      ...(password && { password }),
    }
  }

  if (step === 'done') return <WhatNext founding={founding} onGoOn={onGoOn} />
  if (done) return <AlmostIn title={t('setup.created')} error={entering.error} />
  if (setUp.error instanceof ApiError && setUp.error.code === 'link_unusable') {
    return <Closed ended />
  }
  if (step === 'owner') {
    return (
      <OwnerStep
        founding={founding}
        refused={refused}
        trouble={isTroubled ? errorText(setUp.error) : undefined}
        isPending={setUp.isPending}
        onChange={change}
        onBack={() => setStep('again')}
        onDone={create}
      />
    )
  }
  return (
    <OrganizationStep
      founding={founding}
      refused={refused}
      arrived={step === 'again'}
      onChange={change}
      onDone={() => setStep('owner')}
    />
  )
}
