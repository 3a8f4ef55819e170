import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RecoveryCodes } from './recovery-codes'

interface CodesModalProps {
  /** Of what leads to the codes. */
  title: string
  /** The codes, once there are any: they take the children's place. */
  codes: readonly string[] | undefined
  email: string
  /** A stray click would lose something. */
  held?: boolean
  onSaved: () => void
  onClose: () => void
  children: ReactNode
}

/** The codes are told once: nobody loses them to a stray key. */
export function CodesModal({
  title,
  codes,
  email,
  held,
  onSaved,
  onClose,
  children,
}: CodesModalProps) {
  const { t } = useTranslation()

  return (
    <Modal
      opened
      centered
      size="lg"
      title={codes ? t('profile.twoFactor.recoveryTitle') : title}
      onClose={onClose}
      closeOnEscape={!codes}
      closeOnClickOutside={!codes && !held}
      withCloseButton={!codes}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {codes ? <RecoveryCodes codes={codes} email={email} onSaved={onSaved} /> : children}
    </Modal>
  )
}
