import { Button, Select } from '@mantine/core'
import { IconDownload, IconReceipt } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { download } from '@/shared/files/download'
import { formatPhone } from '@/shared/format/phone'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { DataList, type DataColumn } from '@/shared/ui/data-list'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { SectionCard } from '@/shared/ui/section-card'
import { toastFailed } from '@/shared/ui/toast'
import { chargesQuery, exportCharges, type Charge } from './api'
import { categoryWord } from './charge-words'
import { monthName } from './month-series'

/** What the month's messages cost: how many WhatsApp charges for, by number and category. */
export function ChargesSection() {
  const { t, i18n } = useTranslation()
  const { data, error, refetch } = useQuery(chargesQuery)
  const [chosen, choose] = useState<string | null>(null)
  const columns = useColumns()
  const months = [...new Set(data?.items.map(({ month }) => month))]
  const month = chosen ?? months[0]

  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />

  return (
    <SectionCard
      title={t('organization.charges')}
      description={t('organization.chargesText')}
      action={months.length > 0 && <ExportButton />}
    >
      {month !== undefined && (
        <Select
          label={t('organization.chargesMonth')}
          data={months.map((value) => ({ value, label: monthName(value, i18n.language, 'long') }))}
          value={month}
          onChange={choose}
          allowDeselect={false}
          maw={240}
          mb="md"
        />
      )}
      <DataList
        label={t('organization.charges')}
        items={data?.items.filter((charge) => charge.month === month)}
        keyOf={({ whatsapp_number_id, category }) => `${whatsapp_number_id} ${category}`}
        columns={columns}
        skeletonRows={3}
        empty={
          <Notice
            icon={<IconReceipt size={26} stroke={1.6} />}
            title={t('organization.chargesNone')}
          >
            {t('organization.chargesNoneText')}
          </Notice>
        }
      />
    </SectionCard>
  )
}

function useColumns(): readonly DataColumn<Charge>[] {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  return [
    {
      key: 'category',
      label: t('organization.chargesCategory'),
      render: ({ category }) => categoryWord(t, category),
    },
    {
      key: 'number',
      label: t('organization.chargesNumber'),
      render: ({ display_name, phone_number }) => display_name ?? formatPhone(phone_number),
    },
    {
      key: 'charged',
      label: t('organization.chargesCharged'),
      render: ({ charged }) => number.format(charged),
    },
    {
      key: 'free',
      label: t('organization.chargesFree'),
      render: ({ free }) => number.format(free),
    },
  ]
}

/** Every month there is, as a file that a spreadsheet of the reader's language opens. */
function ExportButton() {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const { locale } = useTimeStyle()
  const comma = new Intl.NumberFormat(locale).format(1.5).includes(',')
  const save = useMutation({
    mutationFn: () => exportCharges(comma ? 'semicolon' : 'comma'),
    onSuccess: (file) => download(file, `${t('organization.chargesFile')}.csv`),
    onError: (error) => toastFailed(`${t('organization.chargesExportFailed')} ${errorText(error)}`),
  })

  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} />}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t('organization.chargesExport')}
    </Button>
  )
}
