import { diffWordsWithSpace } from 'diff'

export interface Change {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** How one text became another. Two long texts with little in common are told as one taken out and one put in. */
export function changesBetween(before: string, now: string): Change[] {
  const parts = diffWordsWithSpace(before, now, { maxEditLength: 2000 }) ?? [
    { value: before, removed: true, added: false },
    { value: now, removed: false, added: true },
  ]
  return inPhrases(
    parts.map(({ value, added, removed }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    })),
  )
}

/** A word or two that stayed amid a sentence rewritten only breaks it up: what came out and what went in stay whole. */
const isFiller = (text: string) => !text.includes('\n') && text.trim().split(/\s+/).length <= 2

function inPhrases(parts: Change[]): Change[] {
  const phrases: Change[] = []
  let removed = ''
  let added = ''
  const settle = () => {
    if (removed) phrases.push({ kind: 'removed', text: removed })
    if (added) phrases.push({ kind: 'added', text: added })
    removed = added = ''
  }
  parts.forEach(({ kind, text }, index) => {
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else if (removed && added && index < parts.length - 1 && isFiller(text)) {
      removed += text
      added += text
    } else {
      settle()
      phrases.push({ kind, text })
    }
  })
  settle()
  return phrases
}
