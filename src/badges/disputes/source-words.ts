import type { Content } from '../../authoring/content.ts'
import { evidenceInWords, lengthInWords } from '../../practice/words.ts'
import type { Source } from './sources.ts'

/** What a source is, in words, and where one can look at it. */
export function whatItIs(
  content: Content,
  { what, of, count, place }: Source,
): { words: string; href?: string } {
  const module = (id: string) => content.module(id)?.title ?? id
  switch (what) {
    case 'evidence':
      return { words: evidenceInWords(content, { kind: of, role: '', count }) + (place && `, ${place}`) }
    case 'hours':
      return { words: lengthInWords(Number(of)) + (place && `, ${place}`) }
    case 'assessment':
      return { words: `A session that passed, ${place}`, href: `/assessments/${of}` }
    case 'guide':
      return { words: content.guide(of)?.title ?? of, href: `/guides/${of}` }
    case 'reading':
      return { words: `Read: ${module(of)}`, href: `/courses/${of}` }
    case 'reflection':
      return { words: `Reflection passed: ${module(of)}`, href: `/courses/${of}#reflection` }
    case 'quiz':
      return { words: `Quiz passed: ${module(of)}`, href: `/courses/${of}/quiz` }
    case 'reply':
      return { words: `A reply in ${module(place)}`, href: `/posts/${of}` }
    case 'joining':
      return { words: 'In the community since this day' }
    case 'certificate':
      return { words: count === 0 ? 'Held from this day, and no more' : 'Held from this day' }
  }
}

/** Where it comes from, in words; empty where that is plain. */
export function whereFrom({ from, by, what, count }: Source): string {
  const who = by === null ? '' : ` by @${by}`
  if (from === 'correction') return count === 0 ? `taken out${who}` : `a correction${who}`
  if (from === 'log') return `logged here, confirmed${who}`
  if (from === 'admin') return `entered${who || ' by the operator'}`
  if (from === 'supervisor') return `confirmed${who}, who stood by`
  if (from === 'assessor') return `assessed${who}`
  if (from === 'vouch') return `on the word of @${by ?? ''}`
  if (from !== 'site') return `counted by ${from}`
  if (what === 'reflection') return by === null ? '' : `graded${who}`
  return what === 'certificate' && by !== null ? `granted${who}` : ''
}
