import type { TFunction } from 'i18next'
import { ptBR } from '@/shared/i18n/pt-br'

type Categories = typeof ptBR.organization.chargeCategories

/** A category that is not known here is shown as WhatsApp names it. */
export function categoryWord(t: TFunction, category: string): string {
  return isCategory(category) ? t(`organization.chargeCategories.${category}`) : category
}

function isCategory(category: string): category is keyof Categories {
  return Object.hasOwn(ptBR.organization.chargeCategories, category)
}
