/** A message shown once, at the top of the next page, with at most one way on. */
export interface Flash {
  kind: 'done' | 'info' | 'attention' | 'danger'
  text: string
  link?: { href: string; words: string }
}

/** What this request has to say: what was just done, or why a write was refused as a whole. */
export function flashOf({ flash, refused }: App.Locals): Flash | null {
  if (flash) return { kind: 'done', text: flash }
  const message = refused?.status === 400 ? undefined : refused?.fields['']
  return message ? { kind: 'attention', text: message } : null
}
