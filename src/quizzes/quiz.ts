import { z } from 'zod'
import { duration, type Duration } from '../authoring/duration.ts'
import { line, slug } from '../authoring/text.ts'
import { type Bank, fitting } from './bank.ts'
import { difficulties } from './questions/kind.ts'
import { type Question, questionsSchema } from './questions/question.ts'

/** What one may be shown of a try that was handed in. */
export const shown = ['score', 'answers', 'feedback', 'key'] as const
export type Shown = (typeof shown)[number]

/** What is shown when a try is handed in, and what once no other is to come. */
export type ReviewPolicy = { readonly handedIn: readonly Shown[]; readonly done: readonly Shown[] }

const shows = (fallback: readonly Shown[]) => z.array(z.enum(shown)).default([...fallback])

const reviewSchema = z.strictObject({
  'handed-in': shows(['score', 'answers', 'feedback']).describe(
    'what is shown when a try is handed in and another may come: score, answers, feedback, key',
  ),
  done: shows(shown).describe('what is shown once it is passed or no try is left'),
})

const fromSchema = z.strictObject({
  bank: slug.describe('the bank, by its file name'),
  draw: z.int().min(1).max(100).describe('how many of its questions'),
  tags: z.array(slug).max(8).optional().describe('only those with each of these tags'),
  difficulty: z.enum(difficulties).optional().describe('only those of this difficulty'),
})

const drawn = {
  draw: z.int().min(1).optional().describe('how many of these questions a try draws; leave out for all'),
  questions: questionsSchema.optional().describe('the questions'),
  from: z.array(fromSchema).max(20).optional().describe('what is drawn from banks'),
}

const passMark = z.int().min(1).max(100)

const sectionSchema = z.strictObject({
  title: line(80).describe("the section's name"),
  'pass-mark': passMark.optional().describe('per cent of its own points that it takes; leave out for none'),
  ...drawn,
})

type DrawnSource = z.output<z.ZodObject<typeof drawn>>

/** When one may go over questions again: once the key may be seen, after the first try, or not at all. */
const recalls = ['after', 'always', 'never'] as const

/** `content/courses/<course>/quizzes/<module>.yaml`. */
export const quizSchema = z
  .strictObject({
    'pass-mark': passMark.describe('per cent of the points that it takes'),
    attempts: z.int().min(1).max(100).optional().describe('how many tries in all; leave out for no limit'),
    wait: duration.optional().describe('between tries, such as `1 hour`; leave out for none'),
    counts: z.enum(['best', 'last']).default('best').describe('which of several tries counts'),
    again: z.boolean().default(false).describe('true where one may try again after passing'),
    'time-limit': duration.optional().describe('for a try, such as `30 minutes`; leave out for none'),
    shuffle: z.boolean().default(false).describe('true where options may stand in any order'),
    review: reviewSchema.prefault({}).describe('what is shown when'),
    recall: z.enum(recalls).default('after').describe('when its questions may be gone over again'),
    ...drawn,
    sections: z.array(sectionSchema).min(1).max(12).optional().describe('parts, each drawn by itself'),
  })
  .superRefine((quiz, ctx) => {
    const wrong = (path: PropertyKey[], message: string) => ctx.addIssue({ code: 'custom', path, message })
    if (quiz.sections) {
      for (const field of ['draw', 'questions', 'from'] as const)
        if (quiz[field] !== undefined) wrong([field], 'stands beside `sections`\nMove it into one of them.')
      quiz.sections.forEach((section, index) => checkDrawn(section, ['sections', index], wrong))
      checkTwins(quiz.sections, wrong)
    } else checkDrawn(quiz, [], wrong)
  })

type Wrong = (path: PropertyKey[], message: string) => void

function checkDrawn({ draw, questions, from }: DrawnSource, path: PropertyKey[], wrong: Wrong): void {
  if (!questions && !from?.length)
    wrong([...path, 'questions'], 'is missing\nAdd `questions:`, the questions, or draw them `from:` a bank.')
  if (draw !== undefined && draw > (questions?.length ?? 0))
    wrong(
      [...path, 'draw'],
      `draws ${draw} questions, and the file has ${questions?.length ?? 0}\nLower \`draw\`, leave it out, or add questions.`,
    )
}

function checkTwins(sections: readonly DrawnSource[], wrong: Wrong): void {
  const seen = new Set<string>()
  sections.forEach(({ questions = [] }, section) => {
    questions.forEach(({ id }, index) => {
      if (seen.has(id))
        wrong(
          ['sections', section, 'questions', index, 'id'],
          `'${id}' is the name of a question of an earlier section\nGive each question its own name.`,
        )
    })
    for (const { id } of questions) seen.add(id)
  })
}

/** Questions of which so many are drawn. */
export type Pool = { readonly questions: readonly Question[]; readonly draw: number }

export type Section = {
  /** Undefined where a quiz has one part alone. */
  readonly title: string | undefined
  /** Per cent of its own points; undefined where it has no mark of its own. */
  readonly passMark: number | undefined
  readonly pools: readonly Pool[]
}

export type Quiz = {
  /** The id of its module, or `guides/<guide>` for a guide's check. */
  readonly id: string
  /** Per cent. */
  readonly passMark: number
  /** How many attempts in all, if there is a limit. */
  readonly attempts: number | undefined
  /** Between attempts, if one has to wait. */
  readonly wait: Duration | undefined
  readonly counts: 'best' | 'last'
  /** Whether one may try again after passing. */
  readonly again: boolean
  readonly timeLimit: Duration | undefined
  /** Whether options are shown in another order each time. */
  readonly shuffle: boolean
  readonly review: ReviewPolicy
  readonly sections: readonly Section[]
  /** How many questions an attempt draws. */
  readonly draw: number
  /** All that an attempt may draw. */
  readonly questions: readonly Question[]
  readonly recall: (typeof recalls)[number]
}

/** The quiz that a checked quiz file describes, with what it draws from banks. */
export function asQuiz(
  id: string,
  written: z.output<typeof quizSchema>,
  banks: ReadonlyMap<string, Bank>,
): Quiz {
  const sections = (written.sections ?? [{ ...written, title: undefined, 'pass-mark': undefined }]).map(
    ({ title, 'pass-mark': passMark, ...drawn }) => ({ title, passMark, pools: poolsOf(drawn, banks) }),
  )
  return {
    ...{ id, sections, passMark: written['pass-mark'], attempts: written.attempts, wait: written.wait },
    ...{ counts: written.counts, again: written.again, shuffle: written.shuffle },
    ...{ timeLimit: written['time-limit'], recall: written.recall },
    review: { handedIn: written.review['handed-in'], done: written.review.done },
    ...totals(sections),
  }
}

const poolsOf = (
  { draw, questions = [], from = [] }: DrawnSource,
  banks: ReadonlyMap<string, Bank>,
): Pool[] =>
  [
    { questions, draw: draw ?? questions.length },
    ...from.map(({ bank, draw, ...wanted }) => ({
      questions: fitting(banks.get(bank)?.questions ?? [], wanted),
      draw,
    })),
  ].filter(pool => pool.draw > 0)

function totals(sections: readonly Section[]): Pick<Quiz, 'draw' | 'questions'> {
  const pools = sections.flatMap(section => section.pools)
  const questions = new Map(pools.flatMap(pool => pool.questions).map(question => [question.id, question]))
  return { draw: pools.reduce((sum, { draw }) => sum + draw, 0), questions: [...questions.values()] }
}

/** A guide's check on understanding: every question, all to be right, as often as one likes. */
export const asCheck = (guide: string, questions: readonly Question[]): Quiz => ({
  ...{ id: `guides/${guide}`, passMark: 100, attempts: undefined, wait: undefined, timeLimit: undefined },
  ...{ counts: 'best', again: false, shuffle: false, recall: 'after' },
  review: { handedIn: ['score', 'answers', 'feedback'], done: shown },
  sections: [{ title: undefined, passMark: undefined, pools: [{ questions, draw: questions.length }] }],
  ...{ draw: questions.length, questions },
})
