/**
 * The key of an event as it is printed on a Latin keyboard, whichever layout types; null where it is none of ours:
 * browsers and screen readers keep all that comes with a modifier, and what a field or an input method has taken.
 */
export function keyPressed(
  event: Pick<
    KeyboardEvent,
    'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'defaultPrevented'
  >,
): string | null {
  const { key, code } = event
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
    return null
  if (key === 'Escape' || /^[\x21-\x7e]$/.test(key)) return key
  // An Arabic layout has other letters and may have other digits in the same places.
  return key.length === 1 && key !== ' '
    ? (/^(?:Key([A-Z])|Digit(\d))$/.exec(code)?.slice(1).join('').toLowerCase() ?? null)
    : null
}

/** Whether what is typed there is text, or chooses by its first letter. */
export function typesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !/^(radio|checkbox|button|submit|reset)$/.test(target.type)
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLElement && target.isContentEditable
}
