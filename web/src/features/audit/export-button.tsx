import { Button, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { download } from '@/shared/files/download'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { dayKey } from '@/shared/format/time'
import { toastFailed } from '@/shared/ui/toast'
import { exportRows, MOST_EXPORTED } from './api'
import type { AuditFilters } from './filters'

/** All that is filtered, as a file that a spreadsheet of the reader's language opens. */
export function ExportButton({ filters }: { filters: AuditFilters }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const { locale, zone } = useTimeStyle()
  const count = new Intl.NumberFormat(locale).format(MOST_EXPORTED)
  const comma = new Intl.NumberFormat(locale).format(1.5).includes(',')
  const save = useMutation({
    mutationFn: () => exportRows(filters, zone, comma ? 'semicolon' : 'comma'),
    onSuccess: (file) => download(file, `auditoria-${dayKey(new Date(), zone)}.csv`),
    onError: (error) => toastFailed(`${t('audit.exportFailed')} ${errorText(error)}`),
  })

  return (
    <Tooltip label={t('audit.exportHint', { count })} multiline maw={260}>
      <Button
        variant="default"
        leftSection={<IconDownload size={17} />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {t('audit.export')}
      </Button>
    </Tooltip>
  )
}
