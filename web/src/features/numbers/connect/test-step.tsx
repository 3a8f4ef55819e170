import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import { AlertList } from '../alert-list'
import { useNumber, type WhatsAppNumber } from '../api'
import { RegisterForm } from '../one/register-form'
import { Waiting } from './waiting'

interface TestStepProps {
  number: WhatsAppNumber
  onDone: () => void
}

/** A first message from the customer's side proves everything at once. */
export function TestStep({ number, onDone }: TestStepProps) {
  const { t } = useTranslation()
  const [before] = useState(number.last_event_at)
  const { data = number } = useNumber(number.id, true)
  const hasArrived = data.last_event_at !== null && data.last_event_at !== before

  return (
    <Stack gap="lg">
      <AlertList numberId={number.id} />
      {data.status !== null && data.status !== 'CONNECTED' && <RegisterForm id={number.id} />}
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
