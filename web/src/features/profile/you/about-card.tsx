import { Button, Group, Stack, TextInput } from '@mantine/core'
import { isNotEmpty, useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { useErrorText } from '@/shared/api/use-error-text'
import { fieldErrors } from '@/shared/forms/field-errors'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useSaveProfile } from '../api'

const PHONE = /^\+?[0-9 ()-]{5,20}$/

export function AboutCard({ user }: { user: User }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const save = useSaveProfile()
  const form = useForm({
    initialValues: { full_name: user.full_name, phone_number: user.phone_number ?? '' },
    validate: {
      full_name: isNotEmpty(t('profile.about.fullNameMissing')),
      phone_number: (said) =>
        said.trim() === '' || PHONE.test(said.trim()) ? null : t('profile.about.phoneInvalid'),
    },
  })

  const submit = form.onSubmit(({ full_name, phone_number }) => {
    const change = { full_name: full_name.trim(), phone_number: phone_number.trim() || null }
    save.mutate(change, {
      onSuccess: () => {
        form.resetDirty()
        toastDone(t('profile.about.saved'))
      },
      onError: (error) => {
        const found = fieldErrors(error)
        form.setErrors(found)
        if (Object.keys(found).length === 0) toastFailed(errorText(error))
      },
    })
  })

  return (
    <SectionCard title={t('profile.about.title')}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md" maw={440}>
          <TextInput
            label={t('profile.about.fullName')}
            autoComplete="name"
            maxLength={255}
            {...form.getInputProps('full_name')}
          />
          <TextInput
            label={t('profile.about.phone')}
            description={t('profile.about.phoneHint')}
            type="tel"
            autoComplete="tel"
            maxLength={20}
            {...form.getInputProps('phone_number')}
          />
          <Group>
            <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
              {t('app.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SectionCard>
  )
}
