/** What is typed, as Meta takes names: `Confirmação de agenda` → `confirmacao_de_agenda`. */
export function asName(typed: string): string {
  return typed
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/[^a-z0-9_]/g, '')
    .slice(0, 512)
}
