import { z } from 'zod'
import { choosing } from '../authoring/choosing.ts'
import { readingNeeded, type Versioned } from '../authoring/revisions.ts'

/** What a module may take to be finished, in the order in which one does it. */
export const conditions = ['read', 'reflected', 'quiz', 'replied', 'guides'] as const
export type Condition = (typeof conditions)[number]

/** What a module takes to be finished; `replied` is how many replies to others, 0 for none. */
export type Completion = {
  readonly read: boolean
  readonly reflected: boolean
  readonly replied: number
  readonly quiz: boolean
  readonly guides: boolean
}

/** `completion:` of a module: names of conditions, and `replied: 2` for how many replies. */
export const completionSchema = z
  .array(
    choosing((written): z.ZodType<{ condition: Condition; count?: number | undefined }> =>
      typeof written === 'object' && written !== null
        ? z
            .strictObject({ replied: z.int().min(1).max(10) })
            .transform(({ replied }) => ({ condition: 'replied' as const, count: replied }))
        : z.enum(conditions).transform(condition => ({ condition })),
    ),
  )
  .min(1)
  .max(conditions.length)

export type CompletionSource = z.output<typeof completionSchema>

/** How many replies a list of conditions asks for; `replied` alone means as many as the question says, or one. */
export function repliesAsked(source: CompletionSource | undefined, replies = 0): number {
  if (!source) return replies
  const asked = source.find(({ condition }) => condition === 'replied')
  return asked ? (asked.count ?? (replies || 1)) : 0
}

/** What a module takes to be finished; where its author does not say, all that it asks for, and no guides. */
export function completionFrom(
  source: CompletionSource | undefined,
  { reflection, quiz }: { reflection: { replies: number } | undefined; quiz: unknown },
): Completion {
  const named = (condition: Condition) => source?.some(one => one.condition === condition)
  return {
    read: named('read') ?? true,
    reflected: named('reflected') ?? reflection !== undefined,
    replied: reflection?.replies ?? 0,
    quiz: named('quiz') ?? quiz !== undefined,
    guides: named('guides') ?? false,
  }
}

/** A module as far as it matters to whether somebody has finished it. */
export type Asking = {
  readonly id: string
  readonly completion: Completion
  readonly guides: readonly string[]
}

type Some = { has(id: string): boolean }

/** What somebody has done, by id, as it counts today. Whether a reflection has to have passed is for the one who asks. */
export type Deeds = {
  readonly read: Some
  readonly reflected: Some
  readonly replies: (module: string) => number
  readonly quizzesPassed: Some
  readonly guidesDone: Some
}

/**
 * The conditions of a module that are still open. The one judge of what it takes to finish a module: pages, badges and
 * the enrolments that are finished all ask here.
 */
export function openConditions({ id, completion, guides }: Asking, deeds: Deeds): Condition[] {
  const isMet: Record<Condition, boolean> = {
    read: deeds.read.has(id),
    reflected: deeds.reflected.has(id),
    quiz: deeds.quizzesPassed.has(id),
    replied: deeds.replies(id) >= completion.replied,
    guides: guides.every(guide => deeds.guidesDone.has(guide)),
  }
  return conditions.filter(condition => completion[condition] && !isMet[condition])
}

/** A person's reading of a module: the latest version that they read to its end. */
export type Reading = { readonly version: number }

/** Whether a reading counts: an author may have asked for the page to be read again since. */
export const readingCounts = (module: Versioned, reading: Reading | undefined): boolean =>
  reading !== undefined && reading.version >= readingNeeded(module)

/** Whether a pass of the quiz counts: an author may have asked for it again since (an ISO day, from its first minute). */
export const passCounts = ({ quizSince }: { quizSince: string | null }, at: Date | undefined): boolean =>
  at !== undefined && isSince(quizSince, at)

/** Whether an answer to the question that has passed counts, by when it was handed in: the author may ask for another. */
export const answerCounts = (
  { reflectionSince }: { reflectionSince: string | null },
  handedIn: Date,
): boolean => isSince(reflectionSince, handedIn)

const isSince = (day: string | null, at: Date) => day === null || at.toISOString().slice(0, 10) >= day

/**
 * Whether a module came into a course after somebody had finished it, told by when they first did anything in it: they
 * keep what they finished, and are offered this one.
 */
export const isNewSince = (finishedAt: Date | null, begun: Date | undefined): boolean =>
  finishedAt !== null && (begun === undefined || begun > finishedAt)
