interface FormNodes {
  getInputNode: (path: string) => HTMLElement | null
}

/** Takes the reader to the first field that is wrong; for a form's `onSubmit` and after `setErrors`. */
export function focusFirst(form: FormNodes, errors: Readonly<Record<string, unknown>>): void {
  const wrong = Object.keys(errors).find((field) => errors[field])
  if (wrong !== undefined) form.getInputNode(wrong)?.focus()
}
