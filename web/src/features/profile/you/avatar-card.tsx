import { Button, FileButton, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { useErrorText } from '@/shared/api/use-error-text'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useRemoveAvatar } from '../api'
import { AvatarDialog } from './avatar-dialog'
import classes from './you.module.css'

const HEAVIEST = 25 * 1024 * 1024

export function AvatarCard({ user }: { user: User }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const remove = useRemoveAvatar()
  const [picture, setPicture] = useState<ImageBitmap>()
  const [problem, setProblem] = useState<string>()

  async function choose(file: File | null) {
    if (!file) return
    setProblem(undefined)
    if (file.size > HEAVIEST) {
      setProblem(t('profile.avatar.tooHeavy'))
      return
    }
    try {
      setPicture(await createImageBitmap(file))
    } catch {
      setProblem(t('profile.avatar.notAPicture'))
    }
  }

  return (
    <SectionCard title={t('profile.avatar.title')} description={t('profile.avatar.text')}>
      <div className={classes.face}>
        <PersonAvatar name={user.full_name} seed={user.id} url={user.avatar_url} size={84} />
        <Group gap="sm">
          <FileButton
            // The same file may be chosen again after it was put away.
            key={picture ? 'chosen' : 'none'}
            accept="image/jpeg,image/png,image/webp,image/*"
            onChange={(file) => void choose(file)}
          >
            {(props) => (
              <Button variant="default" {...props}>
                {user.avatar_url ? t('profile.avatar.change') : t('profile.avatar.choose')}
              </Button>
            )}
          </FileButton>
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
      {problem && (
        <Text role="alert" c="var(--danger)" size="sm" mt="sm">
          {problem}
        </Text>
      )}
      {picture && <AvatarDialog picture={picture} onClose={() => setPicture(undefined)} />}
    </SectionCard>
  )
}
