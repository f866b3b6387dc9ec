/** The element id of a form field: its name, with the form's id before it where one page has several forms. */
export const fieldId = (name: string, form?: string) => (form ? `${form}-${name}` : name)

/** The first thing wrong with a field, from what an action says (`error.fields.x`) or a plain sentence. */
export const firstError = (error: string | string[] | undefined) =>
  typeof error === 'string' ? error : error?.[0]
