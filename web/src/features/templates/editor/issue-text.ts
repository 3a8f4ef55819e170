import type { TFunction } from 'i18next'
import { ptBR } from '@/shared/i18n/pt-br'
import type { Issue } from '../types'

type Code = keyof typeof ptBR.templates.issues

/** What is wrong with a field, in the reader's language. */
export function issueAt(issues: readonly Issue[], path: string, t: TFunction): string | undefined {
  const found = issues.find((issue) => issue.path === path)
  return found && issueText(found, t)
}

export function issueText({ code, message, params }: Issue, t: TFunction): string {
  return knows(code) ? t(`templates.issues.${code}`, params) : message
}

function knows(code: string): code is Code {
  return Object.hasOwn(ptBR.templates.issues, code)
}
