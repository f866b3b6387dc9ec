import { z } from 'zod'
import { duration, type Duration, milliseconds } from '../authoring/duration.ts'
import { checkVersions, type Versioned, versionFields } from '../authoring/revisions.ts'
import type { Heading } from '../authoring/lesson.ts'
import { draftField, line, markdown, readingLevelField, slug } from '../authoring/text.ts'
import type { Calibration } from '../grading/calibration/anchors.ts'
import type { Quiz } from '../quizzes/quiz.ts'
import { type Completion, completionSchema, repliesAsked } from './completion.ts'

/** Who of a course's reflections is marked by a second mentor, who does not see the first mark, and what two marks come to. */
const secondMarkingSchema = z.strictObject({
  first: z.int().min(0).max(200).default(10).describe('how many of the first reflections of each new mentor'),
  share: z
    .string()
    .regex(/^(100|\d{1,2})%$/, 'is not a share\nWrite it in per cent, like `15%`.')
    .default('15%')
    .transform(share => Number(share.slice(0, -1)) / 100)
    .describe('of all that they mark afterwards, in per cent'),
  tolerance: z
    .int()
    .min(0)
    .max(20)
    .default(1)
    .describe('by how many points two marks may differ; beyond, a third mentor settles it'),
  rule: z
    .enum(['first', 'mean', 'higher'])
    .default('higher')
    .describe('which of two marks within the tolerance counts'),
})
export type SecondMarking = Readonly<z.output<typeof secondMarkingSchema>>

/** `content/courses/<course>/course.yaml`. */
export const courseSchema = z.strictObject({
  title: line(80).describe("the course's name, as the list of courses shows it"),
  summary: line(200).describe('one plain sentence: what one can do after it'),
  description: markdown(4000).optional().describe('who it is for and how it goes, Markdown'),
  order: z.int().min(1).describe('its place in the list of courses, 1 first'),
  requires: z.array(slug).default([]).describe('courses to finish first'),
  promise: duration.prefault('3 days').describe('within which time mentors mean to answer a reflection'),
  'new-modules': z
    .enum(['offer', 'ask'])
    .default('offer')
    .describe('whether a module that is added is offered to whoever has finished, or asked of them'),
  'second-marking': secondMarkingSchema
    .prefault({})
    .describe('which reflections a second mentor marks, blind, and what two marks come to'),
  draft: draftField,
})

const dueAfter = duration.refine(({ unit }) => unit === 'days' || unit === 'weeks', {
  error: 'is not counted in days\nWrite it like `7 days` or `2 weeks`.',
})

/** What a module asks of those who take it: its question, and how they are to talk about it. */
const reflectionSchema = z
  .strictObject({
    question: markdown(600).describe('the question that opens the discussion, Markdown'),
    rubric: slug.describe('the rubric mentors grade it by'),
    'before-others': z
      .boolean()
      .default(false)
      .describe("true when one must answer before seeing others' answers"),
    due: z
      .strictObject({
        reflection: dueAfter.describe('how long after the first day of a cohort it is due'),
        replies: dueAfter.optional().describe('how long after the first day of a cohort replies are due'),
      })
      .optional()
      .describe('by when it is hoped for'),
    replies: z.int().min(1).max(10).optional().describe('how many replies to others count as taking part'),
    'may-be-private': z
      .boolean()
      .default(false)
      .describe('true when one may choose to answer to the mentors alone'),
    'content-notes': z
      .array(line(80))
      .max(6)
      .default([])
      .describe('what answers to this question may touch on, offered before the notes of discussions.yaml'),
  })
  .superRefine(({ due, replies }, ctx) => {
    const wrong = (message: string) => ctx.addIssue({ code: 'custom', path: ['due', 'replies'], message })
    if (!due?.replies) return
    if (replies === undefined)
      wrong('are due, and none are asked for\nAdd `replies: 1` beside `due`, or take this line out.')
    if (milliseconds(due.replies) < milliseconds(due.reflection))
      wrong(
        'are due before the reflection that they follow\nGive replies as long as the reflection, or longer.',
      )
  })

/** The frontmatter of `content/courses/<course>/<nn>-<module>.mdx`. */
export const moduleSchema = z
  .strictObject({
    title: line(80).describe("the module's name"),
    summary: line(160).describe('one plain sentence: what one can do after this module'),
    minutes: z.int().min(1).max(120).describe('honest reading time in minutes, thinking included'),
    'read-time': duration
      .refine(length => milliseconds(length) <= milliseconds({ amount: 2, unit: 'hours' }), {
        error: 'is longer than two hours\nGive the shortest time in which somebody could read it.',
      })
      .optional()
      .describe('before this time has passed, one is asked whether one has read it; a third of `minutes`'),
    requires: z
      .array(slug)
      .default([])
      .describe('earlier modules of this course, by name without the number'),
    guides: z.array(slug).max(6).default([]).describe('help guides that go with it'),
    reflection: reflectionSchema.optional().describe('the question that opens its discussion'),
    completion: completionSchema
      .optional()
      .describe('what it takes to finish it: `read`, `reflected`, `quiz`, `replied: 2`, `guides`'),
    ...versionFields(['keep', 'refresh', 'redo']),
    draft: draftField,
    'reading-level': readingLevelField,
  })
  .superRefine((module, ctx) => {
    checkVersions(module, ctx)
    checkCompletion(module, ctx)
    checkAskedAgain(module, ctx)
  })

/** Reports a question that is asked again where there is none. A revision that has a mistake may lack what it asks. */
function checkAskedAgain(
  {
    reflection,
    revisions,
  }: { reflection?: unknown; revisions: readonly { again?: readonly string[] | undefined }[] },
  ctx: z.core.$RefinementCtx,
) {
  if (reflection) return
  revisions.forEach(({ again = [] }, index) => {
    const item = again.indexOf('reflection')
    if (item >= 0)
      ctx.addIssue({
        ...{ code: 'custom', path: ['revisions', index, 'again', item] },
        message: 'asks nobody anything: the module has no question\nTake it out.',
      })
  })
}

type Conditions = {
  completion?: z.output<typeof completionSchema> | undefined
  reflection?: { replies?: number | undefined } | undefined
  guides: readonly string[]
}

/** Reports conditions that nothing in the module can meet, or that say two things. */
function checkCompletion({ completion, reflection, guides }: Conditions, ctx: z.core.$RefinementCtx) {
  completion?.forEach(({ condition }, index) => {
    const wrong = (message: string) => ctx.addIssue({ code: 'custom', path: ['completion', index], message })
    if (completion.findIndex(other => other.condition === condition) < index)
      wrong('stands here twice\nKeep one of the two.')
    if ((condition === 'reflected' || condition === 'replied') && !reflection)
      wrong('can be met by nobody: the module asks no question\nAdd `reflection`, or take this out.')
    if (condition === 'guides' && guides.length === 0)
      wrong('can be met by nobody: no guide goes with the module\nAdd `guides`, or take this out.')
  })
  const replies = reflection?.replies
  if (completion && replies !== undefined && repliesAsked(completion, replies) !== replies)
    ctx.addIssue({
      ...{ code: 'custom', path: ['reflection', 'replies'] },
      message: `is ${replies}, and \`completion\` says otherwise\nAdd \`replied\` to \`completion\`, or take this line out.`,
    })
}

export type ReflectionSource = z.output<typeof reflectionSchema>

export type Reflection = {
  readonly question: string
  readonly rubric: string
  /** One posts one's own before others' are shown. */
  readonly beforeOthers: boolean
  /** How long after the first day of a cohort it is due, and the replies where there is a day for them. */
  readonly due: { readonly reflection: Duration; readonly replies: Duration | undefined } | undefined
  /** How many replies to others count as taking part; 0 where none are asked for. */
  readonly replies: number
  /** Its author may keep it between themselves and the mentors. */
  readonly mayBePrivate: boolean
  /** What answers may touch on, to be offered before what every post may. */
  readonly contentNotes: readonly string[]
}

export type Module = Versioned & {
  /** `moderator-training/ground-rules-and-warnings` */
  readonly id: string
  /** The course's id. */
  readonly course: string
  /** The id without its course. */
  readonly slug: string
  /** Its place in the course, from 1, without gaps. */
  readonly number: number
  readonly title: string
  readonly summary: string
  readonly minutes: number
  /** In milliseconds: who says sooner that they have read it is asked whether they have. */
  readonly readTime: number
  /** Ids of modules to finish first. */
  readonly requires: readonly string[]
  /** Ids of guides. */
  readonly guides: readonly string[]
  readonly reflection: Reflection | undefined
  readonly quiz: Quiz | undefined
  /** What it takes to finish it. */
  readonly completion: Completion
  /** ISO day from which a pass of the quiz counts; null where every pass does. */
  readonly quizSince: string | null
  /** ISO day from which an answer to its question counts that was handed in; null where every one does. */
  readonly reflectionSince: string | null
  /** Its course or itself is being written still: only mentors and admins see it. */
  readonly draft: boolean
  readonly words: number
  readonly headings: readonly Heading[]
  /** The lesson as it was written, MDX and all. */
  readonly text: string
}

export type Course = {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly description: string | undefined
  readonly order: number
  /** Ids of courses to finish first. */
  readonly requires: readonly string[]
  /** Within which time mentors mean to answer a reflection. */
  readonly promise: Duration
  readonly secondMarking: SecondMarking
  /** Whether a module that is added is only offered to whoever has finished, or asked of them. */
  readonly newModules: 'offer' | 'ask'
  readonly modules: readonly Module[]
  /** It is being written still: only mentors and admins see it. */
  readonly draft: boolean
  /** What its mentors grade before live work opens; undefined where they need not. */
  readonly calibration: Calibration | undefined
}
