/** Goes to the first field in the form that has a problem. False when none has. */
export function focusFirst(form: HTMLFormElement, problems: object): boolean {
  const names = Object.keys(problems)
  const fields = [...form.querySelectorAll<HTMLInputElement>('input[name]')]
  const first = fields.find((field) => names.includes(field.name))
  first?.focus()
  return names.length > 0
}
