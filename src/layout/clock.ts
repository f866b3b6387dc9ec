/** Tells a form the time zone of the browser, so that whoever signs up reads dates and times as their clock shows them. */
export function tellTimeZone(): void {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  for (const field of document.querySelectorAll<HTMLInputElement>('input[data-time-zone]'))
    field.value = timeZone
}
