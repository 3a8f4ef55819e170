import { Button, FileButton, Input } from '@mantine/core'
import { IconFileText, IconPaperclip, IconPhoto, IconPlayerPlay } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { useGiveSample } from '../api'
import type { SampleKind } from '../types'
import classes from './editor.module.css'
import type { FieldsProps } from './fields'
import { issueAt } from './issue-text'

const LOOKS = {
  IMAGE: { icon: IconPhoto, accept: 'image/jpeg,image/png' },
  VIDEO: { icon: IconPlayerPlay, accept: 'video/mp4' },
  DOCUMENT: { icon: IconFileText, accept: 'application/pdf' },
} as const satisfies Record<SampleKind, unknown>

interface HeaderSampleProps extends FieldsProps {
  kind: SampleKind
  numberId: string | undefined
}

/** The file by which Meta judges a header. It goes to Meta at once; the template keeps what Meta calls it. */
export function HeaderSample({
  kind,
  numberId,
  draft,
  issues,
  disabled,
  onEdit,
}: HeaderSampleProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const give = useGiveSample()
  const { icon: Sign, accept } = LOOKS[kind]
  const file = give.data?.handle === draft.header_content ? give.variables?.file : undefined
  const picture = usePicture(kind === 'IMAGE' ? file : undefined)

  function choose(chosen: File | null): void {
    if (!chosen || !numberId) return
    give.mutate(
      { numberId, kind, file: chosen },
      { onSuccess: ({ handle }) => onEdit({ header_content: handle }) },
    )
  }

  return (
    <Input.Wrapper
      labelElement="div"
      label={t('templates.headerSample')}
      description={t('templates.headerSampleHint')}
      error={
        give.error ? (
          <span role="alert">{errorText(give.error)}</span>
        ) : (
          issueAt(issues, 'header_content', t)
        )
      }
    >
      <div className={classes.sample}>
        {draft.header_content && (
          <span className={classes.given} role="status">
            {file && kind === 'IMAGE' ? (
              <img ref={picture} alt="" />
            ) : (
              <Sign size={22} stroke={1.5} aria-hidden="true" />
            )}
            <span>{file?.name ?? t('templates.headerSampleGiven')}</span>
          </span>
        )}
        <FileButton key={give.submittedAt} accept={accept} onChange={choose}>
          {(props) => (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPaperclip size={15} aria-hidden="true" />}
              disabled={disabled || !numberId}
              loading={give.isPending}
              {...props}
            >
              {t(draft.header_content ? 'templates.otherFile' : 'templates.chooseFile')}
            </Button>
          )}
        </FileButton>
      </div>
    </Input.Wrapper>
  )
}

/** Shows a file of the reader's own, and lets it go with the picture. */
function usePicture(file: File | undefined) {
  return useCallback(
    (image: HTMLImageElement | null) => {
      if (!image || !file) return
      const url = URL.createObjectURL(file)
      image.src = url
      return () => URL.revokeObjectURL(url)
    },
    [file],
  )
}
