import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import { AlertList } from '../alert-list'
import { useFirstMessage, useNumber, type WhatsAppNumber } from '../api'
import { Registration } from '../registration/registration'
import { Waiting } from './waiting'

interface TestStepProps {
  number: WhatsAppNumber
  onDone: () => void
}

/** A first message from the customer's side proves everything at once. */
export function TestStep({ number, onDone }: TestStepProps) {
  const { t } = useTranslation()
  const { data = number } = useNumber(number.id, true)
  const hasArrived = useFirstMessage(number)

  return (
    <Stack gap="lg">
      <AlertList numberId={number.id} />
      {data.status !== null && data.status !== 'CONNECTED' && <Registration number={data} />}
      <Text>{t('numbers.stepTestText', { phone: formatPhone(number.phone_number) })}</Text>
      <Waiting done={hasArrived ? t('numbers.testDone') : undefined}>
        {t('numbers.testWaiting')}
      </Waiting>
      <Group justify="flex-end">
        <Button variant={hasArrived ? 'filled' : 'default'} onClick={onDone}>
          {t('numbers.finish')}
        </Button>
      </Group>
    </Stack>
  )
}
