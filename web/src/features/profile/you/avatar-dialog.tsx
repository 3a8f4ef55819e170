import { Alert, Button, Group, Modal, Slider } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { toastDone } from '@/shared/ui/toast'
import { useSetAvatar } from '../api'
import { cutOut, middleOf, NEAREST, within, type Crop } from './crop'
import { CropCanvas } from './crop-canvas'
import { CropFrame } from './crop-frame'
import classes from './you.module.css'

interface AvatarDialogProps {
  picture: ImageBitmap
  onClose: () => void
}

/** The square of a picture that is kept: moved and brought nearer until it fits. */
export function AvatarDialog({ picture, onClose }: AvatarDialogProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const keep = useSetAvatar()
  const [crop, setCrop] = useState<Crop>(() => middleOf(picture))

  async function submit() {
    const cut = await cutOut(picture, crop)
    keep.mutate(cut, {
      onSuccess: () => {
        toastDone(t('profile.avatar.kept'))
        onClose()
      },
    })
  }

  return (
    <Modal
      opened
      centered
      size="auto"
      title={t('profile.avatar.cropTitle')}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        className={classes.cropper}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {keep.error && (
          <Alert role="alert" color="red" variant="light" py="xs">
            {errorText(keep.error)}
          </Alert>
        )}
        <CropFrame picture={picture} crop={crop} onChange={setCrop} />
        <p className={classes.hint}>{t('profile.avatar.cropHint')}</p>
        <div className={classes.tools}>
          <Slider
            className={classes.slider}
            label={null}
            thumbLabel={t('profile.avatar.zoom')}
            min={1}
            max={NEAREST}
            step={0.05}
            value={crop.zoom}
            onChange={(zoom) => setCrop(within(picture, { ...crop, zoom }))}
          />
          <div className={classes.small} title={t('profile.avatar.preview')}>
            <CropCanvas picture={picture} crop={crop} size={88} />
          </div>
        </div>
        <Group gap="sm" w="100%" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={keep.isPending} data-autofocus>
            {t('profile.avatar.keep')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
