import { formatPhone } from '@/shared/format/phone'

interface Named {
  display_name: string | null
  phone_number: string
}

export function numberName({ display_name, phone_number }: Named): string {
  return display_name ?? formatPhone(phone_number)
}
