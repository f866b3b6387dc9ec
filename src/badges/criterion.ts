import { z } from 'zod'
import { choosing, refusing } from '../authoring/choosing.ts'
import { duration, type Duration } from '../authoring/duration.ts'
import { didYouMean, list } from '../authoring/nearest.ts'
import { line, slug } from '../authoring/text.ts'
import { evidenceKindId } from '../practice/evidence-kind.ts'

/** How many it takes: the same for everyone, or by age band, or by kind of person. */
export type Amount =
  | number
  | { readonly adult: number; readonly teen: number }
  | { readonly listener: number; readonly member: number }

/** What it takes, as data. A variant (`by-kind`, `by-age-band`) asks different things of different people. */
export type Criterion = {
  /** The author's own words for it, where the generated ones will not do. */
  readonly label?: string | undefined
} & (
  | { readonly kind: 'all' | 'any'; readonly criteria: readonly Criterion[] }
  | { readonly kind: 'at-least'; readonly count: number; readonly criteria: readonly Criterion[] }
  | { readonly kind: 'not'; readonly criterion: Criterion }
  | { readonly kind: 'by-kind'; readonly listener: Criterion; readonly member: Criterion }
  | { readonly kind: 'by-age-band'; readonly adult: Criterion; readonly teen: Criterion }
  /** The rules in force, and earlier ones that go on counting for a while. No author writes it: see `rules/`. */
  | {
      readonly kind: 'or-earlier'
      readonly now: Criterion
      readonly earlier: Criterion
      /** The number of the version that the earlier ones are. */
      readonly version: number
      /** ISO day (UTC): the last on which they count. */
      readonly until: string
      /** ISO day (UTC): they count for whoever had joined by the end of it. */
      readonly joinedBy: string
    }
  | {
      readonly kind: 'by-track'
      readonly for: string
      readonly tracks: readonly {
        readonly id: string
        readonly title: string
        readonly criterion: Criterion
      }[]
    }
  | { readonly kind: 'course-complete' | 'modules-read'; readonly course: string }
  | {
      readonly kind: 'reflections-passed' | 'quizzes-passed'
      readonly course?: string | undefined
      readonly count?: Amount | undefined
    }
  | {
      readonly kind: 'replied'
      readonly course?: string | undefined
      readonly count?: Amount | undefined
    }
  | {
      readonly kind: 'guides-completed'
      readonly count: Amount
      readonly within?: Duration | undefined
    }
  | {
      readonly kind: 'evidence'
      readonly evidence: string
      readonly count: Amount
      readonly within?: Duration | undefined
    }
  /** Hours of practice that somebody with a badge stood by; `evidence` is its kind. */
  | {
      readonly kind: 'supervised-hours'
      readonly evidence: string
      readonly hours: Amount
      readonly within?: Duration | undefined
    }
  /** Practice sessions that passed an assessor's checklist. */
  | {
      readonly kind: 'assessed'
      readonly checklist: string
      readonly count: Amount
      readonly within?: Duration | undefined
    }
  /** `for` is the badge that it stands in the file of; empty in what is not put together yet. */
  | { readonly kind: 'application'; readonly for: string; readonly ask?: string | undefined }
  | {
      readonly kind: 'endorsements'
      readonly for: string
      /** The badges whose holders may endorse. */
      readonly by: readonly string[]
      readonly count: number
    }
  | { readonly kind: 'weeks-since-joining'; readonly weeks: Amount }
  | { readonly kind: 'weeks-holding'; readonly badge: string; readonly weeks: Amount }
  | { readonly kind: 'holds'; readonly badge: string }
)

const number = z.int().min(1).max(10_000)

const amount = choosing((written): z.ZodType<Amount> => {
  if (typeof written !== 'object' || written === null) return number
  return 'adult' in written || 'teen' in written
    ? z.strictObject({ adult: number, teen: number })
    : z.strictObject({ listener: number, member: number })
})

const course = slug.describe('the course, by its folder')
const badge = slug.describe('the badge, by its file')

const ofACourse = z
  .strictObject({ course: course.optional(), count: amount.optional() })
  .refine(({ course, count }) => course !== undefined || count !== undefined, {
    error: 'asks for nothing yet\nAdd `course:` for all of a course, or `count:` for so many of any.',
  })

const group = () => z.array(criterionSchema).min(1)

/** Only what happened in the last days or weeks counts. */
const within = duration
  .refine(({ unit }) => unit === 'days' || unit === 'weeks', {
    error: 'is counted in whole days\nWrite it like `10 days` or `26 weeks`.',
  })
  .optional()

type Written = Exclude<Criterion['kind'], 'or-earlier'>

/** The words that a criterion can begin with, and what follows each of them. */
const forms: { [Kind in Written]: z.ZodType<Criterion & { kind: Kind }> } = {
  all: z.lazy(() => group().transform(criteria => ({ kind: 'all' as const, criteria }))),
  any: z.lazy(() => group().transform(criteria => ({ kind: 'any' as const, criteria }))),
  'at-least': z.lazy(() =>
    z
      .strictObject({ count: number, of: group() })
      .refine(({ count, of }) => count <= of.length, {
        error: 'asks for more than there are\nLower `count`, or add to `of`.',
        path: ['count'],
      })
      .transform(({ count, of }) => ({ kind: 'at-least' as const, count, criteria: of })),
  ),
  not: z.lazy(() => criterionSchema.transform(criterion => ({ kind: 'not' as const, criterion }))),
  'by-kind': z.lazy(() =>
    z
      .strictObject({ listener: criterionSchema, member: criterionSchema })
      .transform(branches => ({ kind: 'by-kind' as const, ...branches })),
  ),
  'by-age-band': z.lazy(() =>
    z
      .strictObject({ adult: criterionSchema, teen: criterionSchema })
      .transform(branches => ({ kind: 'by-age-band' as const, ...branches })),
  ),
  'by-track': z.lazy(() =>
    z.record(slug, criterionSchema).transform(branches => ({
      ...{ kind: 'by-track' as const, for: '' },
      tracks: Object.entries(branches).map(([id, criterion]) => ({ id, title: '', criterion })),
    })),
  ),
  'course-complete': z.strictObject({ course }).transform(fields => ({ kind: 'course-complete', ...fields })),
  'modules-read': z.strictObject({ course }).transform(fields => ({ kind: 'modules-read', ...fields })),
  'reflections-passed': ofACourse.transform(fields => ({ kind: 'reflections-passed', ...fields })),
  'quizzes-passed': ofACourse.transform(fields => ({ kind: 'quizzes-passed', ...fields })),
  replied: ofACourse.transform(fields => ({ kind: 'replied', ...fields })),
  'guides-completed': z
    .strictObject({ count: amount, within })
    .transform(fields => ({ kind: 'guides-completed', ...fields })),
  evidence: z
    .strictObject({ kind: evidenceKindId, count: amount, within })
    .transform(({ kind, ...rest }) => ({ kind: 'evidence', evidence: kind, ...rest })),
  'supervised-hours': z
    .strictObject({ kind: evidenceKindId, hours: amount, within })
    .transform(({ kind, ...rest }) => ({ kind: 'supervised-hours', evidence: kind, ...rest })),
  assessed: z
    .strictObject({
      checklist: slug.describe('the checklist, by its file'),
      count: amount.default(1),
      within,
    })
    .transform(fields => ({ kind: 'assessed', ...fields })),
  application: z
    .strictObject({ ask: line(300).optional() })
    .transform(fields => ({ kind: 'application', for: '', ...fields })),
  endorsements: z
    .strictObject({ by: z.array(badge).min(1).max(10), count: number })
    .transform(fields => ({ kind: 'endorsements', for: '', ...fields })),
  'weeks-since-joining': z
    .strictObject({ weeks: amount })
    .transform(fields => ({ kind: 'weeks-since-joining', ...fields })),
  'weeks-holding': z
    .strictObject({ badge, weeks: amount })
    .transform(fields => ({ kind: 'weeks-holding', ...fields })),
  holds: z.strictObject({ badge }).transform(fields => ({ kind: 'holds', ...fields })),
}

/** What must not be is said by the author: a machine's “not” reads badly, and may shame. */
const ownWords = z
  .custom<string | undefined>(words => words !== undefined, {
    error:
      'is missing beside `not`\nSay in words what is asked, like `label: No complaint in the last 26 weeks`.',
  })
  .pipe(line(160))

const kinds = Object.keys(forms) as Written[]

/** Reads a criterion as authors write it: one key that says what, its details, and beside it perhaps a `label`. */
export const criterionSchema: z.ZodType<Criterion> = choosing((written): z.ZodType<Criterion> => {
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return refusing(`is not a criterion\nWrite one such as \`guides-completed: { count: 30 }\`.`)
  const keys = Object.keys(written).filter(key => key !== 'label')
  const unknown = keys.find(key => !(key in forms))
  if (unknown !== undefined) {
    const remedy = didYouMean(unknown, kinds) ?? `It can ask for ${list(kinds)}.`
    return refusing(`is nothing that a badge can ask for\n${remedy}`, [unknown])
  }
  const [kind, second] = keys as Written[]
  if (!kind) return refusing(`asks for nothing yet\nIt can ask for ${list(kinds)}.`)
  if (second)
    return refusing(`asks for ${list(keys)} at once\nPut them in a list under \`all:\` or \`any:\`.`)
  return z
    .strictObject({ [kind]: forms[kind], label: kind === 'not' ? ownWords : line(160).optional() })
    .transform(fields => labelled(fields[kind] as Criterion, fields.label as string | undefined))
})

const labelled = (criterion: Criterion, label: string | undefined): Criterion =>
  label === undefined ? criterion : { ...criterion, label }

/** The criteria directly within one, each with where its author wrote it. */
export function partsOf(
  criterion: Criterion,
): readonly (readonly [Criterion, readonly (string | number)[]])[] {
  switch (criterion.kind) {
    case 'all':
    case 'any':
      return criterion.criteria.map((part, index) => [part, [index]])
    case 'at-least':
      return criterion.criteria.map((part, index) => [part, ['of', index]])
    case 'not':
      return [[criterion.criterion, []]]
    case 'by-kind':
      return [
        [criterion.listener, ['listener']],
        [criterion.member, ['member']],
      ]
    case 'by-age-band':
      return [
        [criterion.adult, ['adult']],
        [criterion.teen, ['teen']],
      ]
    case 'by-track':
      return criterion.tracks.map(({ id, criterion: branch }) => [branch, [id]])
    case 'or-earlier':
      return [
        [criterion.now, ['now']],
        [criterion.earlier, ['earlier']],
      ]
    default:
      return []
  }
}

/** A criterion and all that are anywhere within it. */
export const withParts = (criterion: Criterion): Criterion[] => [
  criterion,
  ...partsOf(criterion).flatMap(([part]) => withParts(part)),
]

/** A badge, as far as the criteria in its file speak of it. */
type Own = {
  readonly id: string
  readonly tracks: readonly { readonly id: string; readonly title: string }[]
}

/** A criterion of this badge: an application, endorsements and tracks are of the badge in whose file they stand. */
export function ofBadge(criterion: Criterion, badge: Own): Criterion {
  const within = (part: Criterion) => ofBadge(part, badge)
  const { id } = badge
  switch (criterion.kind) {
    case 'application':
    case 'endorsements':
      return { ...criterion, for: id }
    case 'all':
    case 'any':
    case 'at-least':
      return { ...criterion, criteria: criterion.criteria.map(within) }
    case 'not':
      return { ...criterion, criterion: within(criterion.criterion) }
    case 'by-kind':
      return { ...criterion, listener: within(criterion.listener), member: within(criterion.member) }
    case 'by-age-band':
      return { ...criterion, adult: within(criterion.adult), teen: within(criterion.teen) }
    case 'by-track': {
      const titleOf = (track: string) => badge.tracks.find(one => one.id === track)?.title ?? track
      const tracks = criterion.tracks.map(one => ({
        ...{ id: one.id, title: titleOf(one.id), criterion: within(one.criterion) },
      }))
      return { ...criterion, for: id, tracks }
    }
    default:
      return criterion
  }
}

/** What applicants are asked to write about, if the criteria ask for an application; undefined where they don't. */
export function applicationAsked(criteria: Criterion): { ask: string | undefined } | undefined {
  const asked = withParts(criteria).find(part => part.kind === 'application')
  return asked && { ask: asked.ask }
}

/** The badges whose holders may endorse somebody, as the criteria have it; none where nobody is asked. */
export const endorsersAsked = (criteria: Criterion): string[] => [
  ...new Set(withParts(criteria).flatMap(part => (part.kind === 'endorsements' ? part.by : []))),
]

/** The badges that somebody may have to hold, or to have held for a time. */
export const badgesBelow = (criteria: Criterion): string[] =>
  withParts(criteria).flatMap(part =>
    part.kind === 'holds' || part.kind === 'weeks-holding' ? [part.badge] : [],
  )
