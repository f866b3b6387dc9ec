/** What this browser keeps of a draft. Times are in ms by the browser's own clock. */
export interface BrowserDraft {
  words: string
  /** What the field says when nothing has been typed: a draft stands only over the very text it was written on. */
  over: string
  typedAt: number
  /** What of it the server is known to keep; null where it is not known to keep any, undefined where it never does. */
  kept?: string | null | undefined
  /** Words that lost to newer ones from another device, until somebody chooses. */
  other?: string | undefined
}

export interface ServerDraft {
  words: string
  typedAt: number
}

/** Which words to show, which to offer beside them, and whether the server has yet to be told. */
export interface Choice {
  words: string
  other: string | null
  /** Whose words they are: typed here, or brought by the server. */
  from: 'here' | 'server'
  send: boolean
}

/**
 * Chooses between what this browser kept and what the server did; null where the field stays as it is. The newer words
 * win, and the older are offered, unless the newer ones only went on from them.
 */
export function newerWords(
  here: BrowserDraft | null,
  server: ServerDraft | null,
  over: string,
): Choice | null {
  if (here?.over !== over) return server && { ...shown(server.words, 'server'), send: false }
  const older = here.other ?? null
  if (!server) return withoutServer(here, older)
  if (here.words === server.words) return { ...shown(here.words, 'here', older), send: false }
  // The server still has what was sent from here, and more was typed since.
  if (here.kept === server.words) return { ...shown(here.words, 'here', older), send: true }
  const changedHere = here.words !== here.kept
  return changedHere && here.typedAt > server.typedAt
    ? { ...shown(here.words, 'here', lost(server.words, here.words, over) ?? older), send: true }
    : { ...shown(server.words, 'server', lost(here.words, server.words, over) ?? older), send: false }
}

/** The server had them once and has them no more: posted or discarded on another device, so only offered here. */
function withoutServer({ words, kept, over }: BrowserDraft, older: string | null): Choice | null {
  if (words === over) return null
  if (kept === words) return { ...shown(over, 'server', words), send: false }
  return { ...shown(words, 'here', older), send: true }
}

const shown = (words: string, from: Choice['from'], other: string | null = null) => ({
  words,
  from,
  other: other === words ? null : other,
})

/** What would be lost of the older words, if they are not where the newer ones began. */
const lost = (older: string, newer: string, over: string): string | null =>
  older === over || older.trim() === '' || newer.startsWith(older) ? null : older
