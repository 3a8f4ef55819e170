import { Button, Group, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import { useConnect, useLookUp, type NumberSeen, type WhatsAppNumber } from '../api'
import classes from '../numbers.module.css'
import { Refused } from '../refused'

interface NumberStepProps {
  channelId: string
  onBack: () => void
  onConnected: (number: WhatsAppNumber) => void
}

/** The account and the token first; then the number is one of those that Meta names. */
export function NumberStep({ channelId, onBack, onConnected }: NumberStepProps) {
  const { t } = useTranslation()
  const look = useLookUp()
  const connect = useConnect()
  const [chosen, setChosen] = useState<string>()
  const form = useForm({
    initialValues: { account: '', token: '' },
    onValuesChange: () => {
      look.reset()
      connect.reset()
    },
    validate: {
      account: (id) => (/^\d+$/.test(id.trim()) ? null : t('numbers.appIdWrong')),
      token: (token) => (token.trim() === '' ? t('numbers.tokenMissing') : null),
    },
  })
  const found = look.data?.items
  const selected = chosen ?? found?.find(({ is_connected }) => !is_connected)?.phone_number_id
  const access = {
    whatsapp_business_account_id: form.values.account.trim(),
    access_token: form.values.token.trim(),
  }

  function goOn(): void {
    if (!found) look.mutate(access)
    else if (selected) {
      connect.mutate(
        { ...access, channel_id: channelId, phone_number_id: selected },
        { onSuccess: onConnected },
      )
    }
  }

  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit(goOn)}>
      <TextInput
        label={t('numbers.accountId')}
        inputMode="numeric"
        autoComplete="off"
        {...form.getInputProps('account')}
      />
      <PasswordInput
        label={t('numbers.token')}
        autoComplete="off"
        {...form.getInputProps('token')}
      />
      {found?.length === 0 && <Text>{t('numbers.noneFound')}</Text>}
      {found && found.length > 0 && (
        <Choice found={found} selected={selected ?? null} onChoose={setChosen} />
      )}
      <Refused error={look.error ?? connect.error} />
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t('numbers.previous')}
        </Button>
        <Button
          type="submit"
          loading={look.isPending || connect.isPending}
          disabled={found !== undefined && !selected}
        >
          {found ? t('numbers.connectThis') : t('numbers.look')}
        </Button>
      </Group>
    </form>
  )
}

interface ChoiceProps {
  found: NumberSeen[]
  selected: string | null
  onChoose: (phoneNumberId: string) => void
}

function Choice({ found, selected, onChoose }: ChoiceProps) {
  const { t } = useTranslation()
  return (
    <Radio.Group label={t('numbers.choose')} value={selected} onChange={onChoose}>
      <Stack gap="xs" mt="xs">
        {found.map((number) => (
          <Radio
            key={number.phone_number_id}
            value={number.phone_number_id}
            disabled={number.is_connected}
            label={[
              formatPhone(number.phone_number),
              number.verified_name,
              number.is_connected && t('numbers.already'),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
