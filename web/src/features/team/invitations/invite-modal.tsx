import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { InviteForm } from './invite-form'

interface InviteModalProps {
  opened: boolean
  onClose: () => void
}

export function InviteModal({ opened, onClose }: InviteModalProps) {
  const { t } = useTranslation()

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('invitations.inviteTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      size={720}
      centered
    >
      <InviteForm onDone={onClose} />
    </Modal>
  )
}
