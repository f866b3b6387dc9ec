import type { TitleByAgeBand } from '../authoring/text.ts'
import type { Amount, Criterion } from './criterion.ts'
import { dayInWords } from '../layout/time.ts'
import { labelFor } from './label.ts'
import type { Outline } from './outline.ts'

/** What a badge takes, in words for anybody: a sentence, and under it what it consists of. */
export interface Words {
  text: string
  parts: Words[]
}

/** A criterion in words that fit everybody it is asked of, with its variants side by side. */
export function inWords(criterion: Criterion, outline: Outline): Words {
  const { label } = criterion
  switch (criterion.kind) {
    case 'all':
    case 'any':
    case 'at-least': {
      const text = label ?? labelFor(criterion, 1, anyone, outline)
      return { text, parts: criterion.criteria.map(part => inWords(part, outline)) }
    }
    case 'by-kind':
      return variants(label, [
        ['For listeners', inWords(criterion.listener, outline)],
        ['For members', inWords(criterion.member, outline)],
      ])
    case 'by-age-band':
      return variants(label, [
        ['For adults', inWords(criterion.adult, outline)],
        ['For teens', inWords(criterion.teen, outline)],
      ])
    case 'by-track':
      return variants(
        label ?? 'What is asked depends on the track',
        criterion.tracks.map(({ title, criterion: branch }) => [title, inWords(branch, outline)]),
      )
    case 'or-earlier':
      return eitherInWords(criterion, outline)
    default:
      return { text: label ?? leaf(criterion, outline), parts: [] }
  }
}

/** While the earlier ones go on counting, both; after that those in force alone. */
function eitherInWords(either: Extract<Criterion, { kind: 'or-earlier' }>, outline: Outline): Words {
  const { now, earlier, until, joinedBy } = either
  if (until < new Date().toISOString().slice(0, 10)) return inWords(now, outline)
  const listed = (text: string, criterion: Criterion) => {
    const words = inWords(criterion, outline)
    return { text, parts: criterion.kind === 'all' ? words.parts : [words] }
  }
  const [last, joined] = [until, joinedBy].map(day => dayInWords(new Date(day)))
  const also = `Until ${last} also the earlier rules, for those who had joined by ${joined}`
  return {
    text: labelFor(either, 1, anyone, outline),
    parts: [listed('The rules now', now), listed(also, earlier)],
  }
}

const variants = (label: string | undefined, branches: [string, Words][]): Words => ({
  text: label ?? 'What is asked depends on who you are',
  parts: branches.map(([who, { text, parts }]) => ({
    text: parts.length > 0 ? who : `${who}: ${text}`,
    parts,
  })),
})

/** As for one person, with the number of the others behind it: “75 group chats (teens: 50)”. */
function leaf(criterion: Criterion, outline: Outline): string {
  const [need, other] = amounts(amountIn(criterion))
  const words = labelFor(criterion, need, anyone, outline)
  return other ? `${words} (${other})` : words
}

function amountIn(criterion: Criterion): Amount {
  if ('count' in criterion) return criterion.count ?? 1
  if ('hours' in criterion) return criterion.hours
  return 'weeks' in criterion ? criterion.weeks : 1
}

function amounts(amount: Amount): [number, string?] {
  if (typeof amount === 'number') return [amount]
  return 'adult' in amount
    ? [amount.adult, `teens: ${amount.teen}`]
    : [amount.listener, `members: ${amount.member}`]
}

const anyone = { ageBand: 'adult' } as const

/** A title for somebody of whom nothing is to be said: “Group Support Mentor or Teen Star”. */
export const titleForAnybody = ({ adult, teen }: TitleByAgeBand) =>
  adult === teen ? adult : `${adult} or ${teen}`
