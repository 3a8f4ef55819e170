import { Alert, Button, Group, Modal, Slider } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { cutOut, middleOf, NEAREST, within, type Crop, type Kept } from './crop'
import { CropCanvas } from './crop-canvas'
import { CropFrame } from './crop-frame'
import classes from './crop.module.css'

interface CropDialogProps {
  title: string
  picture: ImageBitmap
  kept: Kept
  error: unknown
  isPending: boolean
  onKeep: (cut: Blob) => void
  onClose: () => void
}

/** The square of a picture that is kept: moved and brought nearer until it fits. */
export function CropDialog({
  title,
  picture,
  kept,
  error,
  isPending,
  onKeep,
  onClose,
}: CropDialogProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [crop, setCrop] = useState<Crop>(() => middleOf(picture))

  return (
    <Modal
      opened
      centered
      size="auto"
      title={title}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        className={classes.cropper}
        onSubmit={(event) => {
          event.preventDefault()
          void cutOut(picture, crop, kept).then(onKeep)
        }}
      >
        {error !== null && error !== undefined && (
          <Alert role="alert" color="red" variant="light" py="xs" maw="17.5rem">
            {errorText(error)}
          </Alert>
        )}
        <CropFrame picture={picture} crop={crop} onChange={setCrop} />
        <p className={classes.hint}>{t('picture.cropHint')}</p>
        <div className={classes.tools}>
          <Slider
            className={classes.slider}
            label={null}
            thumbLabel={t('picture.zoom')}
            min={1}
            max={NEAREST}
            step={0.05}
            value={crop.zoom}
            onChange={(zoom) => setCrop(within(picture, { ...crop, zoom }))}
          />
          <div className={classes.small} title={t('picture.preview')}>
            <CropCanvas picture={picture} crop={crop} size={88} />
          </div>
        </div>
        <Group gap="sm" w="100%" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={isPending} data-autofocus>
            {t('picture.keep')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
