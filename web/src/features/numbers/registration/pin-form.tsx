import { Button, Group, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useConfirm } from '@/shared/ui/confirm'
import { toastDone } from '@/shared/ui/toast'
import classes from '../numbers.module.css'
import { Refused } from '../refused'
import { useSetPin } from '../registration-api'
import { isPin } from './pin'

interface PinFormProps {
  id: string
  onDone: () => void
}

/** Written twice: a PIN that nobody knows keeps the number from ever being registered again. */
export function PinForm({ id, onDone }: PinFormProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const setPin = useSetPin(id)
  const form = useForm({
    initialValues: { pin: '', again: '' },
    validate: {
      pin: (pin) => (isPin(pin) ? null : t('numbers.pinWrong')),
      again: (again, { pin }) => (again === pin ? null : t('numbers.pinDiffers')),
    },
  })

  async function ask({ pin }: typeof form.values): Promise<void> {
    const yes = await confirm({
      title: t('numbers.pinQuestion'),
      text: t('numbers.pinQuestionText'),
      confirm: t('numbers.changePin'),
      danger: true,
    })
    if (!yes) return
    setPin.mutate(pin, {
      onSuccess: () => {
        toastDone(t('numbers.pinChanged'))
        onDone()
      },
    })
  }

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit((values) => void ask(values))}
    >
      {(['pin', 'again'] as const).map((name) => (
        <PasswordInput
          key={name}
          label={name === 'pin' ? t('numbers.newPin') : t('numbers.pinAgain')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          {...form.getInputProps(name)}
        />
      ))}
      <Refused error={setPin.error} />
      <Group justify="flex-end">
        <Button type="submit" loading={setPin.isPending}>
          {t('numbers.changePin')}
        </Button>
      </Group>
    </form>
  )
}
