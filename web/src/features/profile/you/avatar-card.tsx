import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { useErrorText } from '@/shared/api/use-error-text'
import { CropDialog } from '@/shared/picture/crop-dialog'
import { PictureButton } from '@/shared/picture/picture-button'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useRemoveAvatar, useSetAvatar } from '../api'
import classes from './you.module.css'

const KEPT = { side: 320, most: 64 * 1024 }

export function AvatarCard({ user }: { user: User }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const keep = useSetAvatar()
  const remove = useRemoveAvatar()
  const [picture, setPicture] = useState<ImageBitmap>()

  function close(): void {
    setPicture(undefined)
    keep.reset()
  }

  return (
    <SectionCard title={t('profile.avatar.title')} description={t('profile.avatar.text')}>
      <div className={classes.face}>
        <PersonAvatar name={user.full_name} seed={user.id} url={user.avatar_url} size={84} />
        <Group gap="sm">
          <PictureButton isChange={user.avatar_url !== null} onChosen={setPicture} />
          {user.avatar_url && (
            <Button
              variant="subtle"
              color="gray"
              loading={remove.isPending}
              onClick={() =>
                remove.mutate(undefined, {
                  onSuccess: () => toastDone(t('profile.avatar.removed')),
                  onError: (error) => toastFailed(errorText(error)),
                })
              }
            >
              {t('profile.avatar.remove')}
            </Button>
          )}
        </Group>
      </div>
      {picture && (
        <CropDialog
          title={t('profile.avatar.cropTitle')}
          picture={picture}
          kept={KEPT}
          error={keep.error}
          isPending={keep.isPending}
          onKeep={(cut) =>
            keep.mutate(cut, {
              onSuccess: () => {
                toastDone(t('profile.avatar.kept'))
                close()
              },
            })
          }
          onClose={close}
        />
      )}
    </SectionCard>
  )
}
