import { Button, FileButton, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const HEAVIEST = 25 * 1024 * 1024

interface PictureButtonProps {
  /** Whether there is one already. */
  isChange: boolean
  onChosen: (picture: ImageBitmap) => void
}

/** Any picture that the browser can draw; what it cannot is said below. */
export function PictureButton({ isChange, onChosen }: PictureButtonProps) {
  const { t } = useTranslation()
  const [problem, setProblem] = useState<string>()
  const forget = useRef<() => void>(null)

  async function choose(file: File | null): Promise<void> {
    if (!file) return
    // The same file may be chosen again.
    forget.current?.()
    if (file.size > HEAVIEST) {
      setProblem(t('picture.tooHeavy'))
      return
    }
    try {
      onChosen(await createImageBitmap(file))
      setProblem(undefined)
    } catch {
      setProblem(t('picture.notAPicture'))
    }
  }

  return (
    <>
      <FileButton
        resetRef={forget}
        accept="image/jpeg,image/png,image/webp,image/*"
        onChange={(file) => void choose(file)}
      >
        {(props) => (
          <Button variant="default" {...props}>
            {isChange ? t('picture.change') : t('picture.choose')}
          </Button>
        )}
      </FileButton>
      {problem && (
        <Text role="alert" c="var(--danger)" size="sm" w="100%">
          {problem}
        </Text>
      )}
    </>
  )
}
