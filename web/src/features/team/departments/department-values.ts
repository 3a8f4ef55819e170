import type { Department, DepartmentChange } from '../types'
import { days, flawOf, readHours, writeHours, type Day, type Hours, type HoursFlaw } from './hours'

export const strategies = ['round_robin', 'load_balance', 'priority'] as const
type Strategy = (typeof strategies)[number]

export interface DepartmentValues {
  name: string
  description: string
  color: string
  number: string | null
  is_active: boolean
  auto: boolean
  strategy: Strategy
  queueSize: number | string
  hours: Hours
}

export function valuesOf(department: Department): DepartmentValues {
  return {
    name: department.name,
    description: department.description ?? '',
    color: department.color,
    number: department.whatsapp_number_id,
    is_active: department.is_active,
    auto: department.auto_assign_enabled,
    strategy: department.assignment_strategy,
    queueSize: department.max_queue_size,
    hours: readHours(department.business_hours),
  }
}

export function changesOf(values: DepartmentValues): DepartmentChange {
  return {
    name: values.name.trim(),
    description: values.description.trim() || null,
    color: values.color,
    whatsapp_number_id: values.number,
    is_active: values.is_active,
    auto_assign_enabled: values.auto,
    assignment_strategy: values.strategy,
    max_queue_size: Number(values.queueSize),
    business_hours: writeHours(values.hours),
  }
}

/** Which days have hours that make no sense; a week that is always open has none. */
export function flawsOf({ always, week }: Hours): Partial<Record<Day, HoursFlaw>> {
  if (always) return {}
  return Object.fromEntries(
    days.flatMap((day) => {
      const flaw = flawOf(week[day])
      return flaw ? [[day, flaw]] : []
    }),
  )
}

/** Closed on every day would read as always open. */
export function isNeverOpen({ always, week }: Hours): boolean {
  return !always && days.every((day) => week[day].length === 0)
}

/** How a complaint of the server is called in the form. */
const fields: Readonly<Record<string, string>> = {
  whatsapp_number_id: 'number',
  max_queue_size: 'queueSize',
  business_hours: 'hours',
}

export function inForm(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, text]) => [
      fields[field.split('.')[0] ?? ''] ?? field,
      text,
    ]),
  )
}
