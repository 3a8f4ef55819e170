import { IconBuildingStore } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CropDialog } from '@/shared/picture/crop-dialog'
import { PictureButton } from '@/shared/picture/picture-button'
import { toastDone } from '@/shared/ui/toast'
import classes from '../numbers.module.css'
import { useReplacePicture } from '../picture-api'

/** What WhatsApp shows sharply on every phone. */
const KEPT = { side: 640, most: 512 * 1024 }

interface ProfilePictureProps {
  id: string
  picture: string | undefined
  mayChange: boolean
}

export function ProfilePicture({ id, picture, mayChange }: ProfilePictureProps) {
  const { t } = useTranslation()
  const replace = useReplacePicture(id)
  const [chosen, setChosen] = useState<ImageBitmap>()

  function close(): void {
    setChosen(undefined)
    replace.reset()
  }

  return (
    <div className={classes.picturePlace}>
      <Picture address={picture} />
      {mayChange && <PictureButton isChange={picture !== undefined} onChosen={setChosen} />}
      {chosen && (
        <CropDialog
          title={t('numbers.pictureTitle')}
          picture={chosen}
          kept={KEPT}
          error={replace.error}
          isPending={replace.isPending}
          onKeep={(cut) =>
            replace.mutate(cut, {
              onSuccess: () => {
                toastDone(t('numbers.pictureKept'))
                close()
              },
            })
          }
          onClose={close}
        />
      )}
    </div>
  )
}

export function Picture({ address }: { address: string | undefined }) {
  const { t } = useTranslation()
  return address === undefined ? (
    <span className={classes.noPicture} aria-hidden="true">
      <IconBuildingStore size={30} stroke={1.5} />
    </span>
  ) : (
    <img className={classes.picture} src={address} alt={t('numbers.picture')} />
  )
}
