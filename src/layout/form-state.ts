/** A form as a page draws it: empty at first; after a refusal with every word that was typed and what is wrong. */
export interface FormState {
  /** What was typed into a field, or undefined where the form has not been posted. */
  value(name: string): string | undefined
  /** All that was chosen of a field that takes several. */
  chosen(name: string): string[] | undefined
  /** Whether it was posted and could not be taken. */
  refused: boolean
  /** Field name to sentence. */
  errors: Record<string, string>
  /** What is wrong with the form as a whole; what stood in its way otherwise is said at the top of the page. */
  message: string | undefined
}

/**
 * The state of the form that posts to `action`, such as `people.signIn`. Where a page has several forms of one
 * action, each has a hidden field `subject` that tells them apart.
 */
export function formState(locals: App.Locals, action: string, subject?: string): FormState {
  const { refused } = locals
  const mine =
    refused?.action === action && (subject === undefined || refused.values.subject?.[0] === subject)
      ? refused
      : null
  const { '': whole, ...errors } = mine?.fields ?? {}
  const message = mine?.status === 400 ? whole : undefined
  // Whoever asks for what was typed draws it: what nobody asks for is given back on a page of its own.
  const valuesOf = (name: string) => {
    mine?.givenBack.add(name)
    return mine?.values[name]
  }
  return {
    value: name => valuesOf(name)?.at(-1),
    chosen: valuesOf,
    refused: mine !== null,
    errors,
    message,
  }
}
