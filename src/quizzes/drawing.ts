import type { FrozenQuestion } from './marking.ts'
import type { Random } from './questions/kind.ts'
import { kindOf, type Question } from './questions/question.ts'
import type { Pool, Quiz, ReviewPolicy } from './quiz.ts'

/** The rules of a try as they stood when it began. */
export type FrozenRules = {
  readonly sections: readonly {
    readonly title: string | null
    /** Per cent of its own points; null where it has no mark of its own. */
    readonly passMark: number | null
    /** Ids of its questions. */
    readonly questions: readonly string[]
  }[]
  readonly review: ReviewPolicy
  readonly counts: Quiz['counts']
}

type Drawn = { readonly questions: FrozenQuestion[]; readonly rules: FrozenRules }

/**
 * The questions of one attempt, section by section: of each pool as many as it says, each as likely as any other and
 * none twice, in the order of the file. What has no order of its own is shown in an order of this attempt; options of a
 * choice only where the quiz says so.
 */
export function draw(quiz: Pick<Quiz, 'sections' | 'shuffle' | 'review' | 'counts'>, random: Random): Drawn {
  const taken = new Set<string>()
  const sections = quiz.sections.map(({ title = null, passMark = null, pools }) => {
    const questions = pools.flatMap(pool => drawFrom(pool, taken, random))
    return { title, passMark, questions }
  })
  const shuffled = (question: Question) =>
    quiz.shuffle || !keepsOrder.has(question.kind) ? kindOf(question).shuffled(question, random) : question
  return {
    questions: sections.flatMap(({ questions }) => questions).map(shuffled),
    rules: {
      sections: sections.map(section => ({ ...section, questions: section.questions.map(({ id }) => id) })),
      ...{ review: quiz.review, counts: quiz.counts },
    },
  }
}

/** Kinds in which authors may mean the order in which they wrote. */
const keepsOrder: ReadonlySet<Question['kind']> = new Set(['single', 'multiple', 'true-false', 'chat'])

/** Knuth's selection sampling (TAOCP 2, 3.4.2, algorithm S): one pass, and the order is kept. */
function drawFrom(pool: Pool, taken: Set<string>, random: Random): Question[] {
  const candidates = pool.questions.filter(({ id }) => !taken.has(id))
  let wanted = Math.min(pool.draw, candidates.length)
  const drawn = candidates.filter((_, index) => {
    const left = candidates.length - index
    if (random() * left >= wanted) return false
    wanted--
    return true
  })
  for (const { id } of drawn) taken.add(id)
  return drawn
}
