import { Button, Group, Select, Skeleton, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { fieldErrors } from '@/shared/forms/field-errors'
import { ptBR } from '@/shared/i18n/pt-br'
import { Failure } from '@/shared/ui/failure'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone } from '@/shared/ui/toast'
import { useProfile, useSaveProfile, type Profile, type WhatsAppNumber } from '../api'
import classes from '../numbers.module.css'
import { usePicture } from '../picture-api'
import { Refused } from '../refused'
import { ProfilePicture } from './profile-picture'
import { ProfilePreview } from './profile-preview'
import { changesOf, isVertical, valuesOf } from './profile-values'

interface ProfileCardProps {
  number: WhatsAppNumber
  mayChange: boolean
}

export function ProfileCard({ number, mayChange }: ProfileCardProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useProfile(number.id)

  return (
    <SectionCard title={t('numbers.profile')} description={t('numbers.profileText')}>
      {!data && error && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={260} radius="md" />}
      {data && (
        <ProfileForm
          key={JSON.stringify({ ...data, picture_url: null })}
          number={number}
          profile={data}
          mayChange={mayChange}
        />
      )}
    </SectionCard>
  )
}

function ProfileForm({ number, profile, mayChange }: ProfileCardProps & { profile: Profile }) {
  const { t } = useTranslation()
  const save = useSaveProfile(number.id)
  const picture = usePicture(number.id, profile)
  const form = useForm({ initialValues: valuesOf(profile) })
  const changes = changesOf(form.values, valuesOf(profile))
  const verticals = Object.keys(ptBR.numbers.verticals).filter(isVertical)

  function send(): void {
    save.mutate(changes, {
      onSuccess: () => toastDone(t('numbers.profileSaved')),
      onError: (error) => form.setErrors(fieldErrors(error)),
    })
  }

  return (
    <div className={classes.sides}>
      {/* Outside the form: what its dialog submits would reach the form, too. */}
      <ProfilePicture id={number.id} picture={picture} mayChange={mayChange} />
      <form className={classes.form} noValidate onSubmit={form.onSubmit(send)}>
        <TextInput
          label={t('numbers.about')}
          maxLength={139}
          readOnly={!mayChange}
          {...form.getInputProps('about')}
        />
        <Textarea
          label={t('numbers.description')}
          maxLength={256}
          autosize
          minRows={2}
          readOnly={!mayChange}
          {...form.getInputProps('description')}
        />
        <TextInput
          label={t('numbers.address')}
          maxLength={256}
          readOnly={!mayChange}
          {...form.getInputProps('address')}
        />
        <TextInput
          label={t('numbers.email')}
          type="email"
          maxLength={128}
          readOnly={!mayChange}
          {...form.getInputProps('email')}
        />
        {(['first', 'second'] as const).map((place, index) => (
          <TextInput
            key={place}
            label={t('numbers.website', { place: index + 1 })}
            type="url"
            maxLength={256}
            placeholder="https://"
            readOnly={!mayChange}
            {...form.getInputProps(place)}
          />
        ))}
        <Select
          label={t('numbers.vertical')}
          data={verticals.map((value) => ({ value, label: t(`numbers.verticals.${value}`) }))}
          allowDeselect={false}
          readOnly={!mayChange}
          {...form.getInputProps('vertical')}
        />
        {Object.keys(form.errors).length === 0 && <Refused error={save.error} />}
        {mayChange && (
          <Group justify="flex-end">
            <Button
              type="submit"
              loading={save.isPending}
              disabled={Object.keys(changes).length === 0}
            >
              {t('numbers.saveProfile')}
            </Button>
          </Group>
        )}
      </form>
      <ProfilePreview number={number} picture={picture} values={form.values} />
    </div>
  )
}
