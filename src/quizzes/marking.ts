import type { Question, Quiz } from './quiz.ts'

/** A question as an attempt keeps it, key and feedback included, so that later edits change nothing of it. */
export type FrozenQuestion = Question

/** Question id -> ids of the options chosen. What is not answered is not there. */
export type Answers = Readonly<Record<string, readonly string[]>>

/** One question as marked. */
export type Mark = {
  readonly question: string
  readonly chosen: readonly string[]
  readonly right: boolean
}

/** An attempt as marked: a point a question. */
export type Marking = { readonly marks: readonly Mark[]; readonly score: number; readonly outOf: number }

/** A question as it may be shown before it is answered. */
export type PaperQuestion = Pick<Question, 'id' | 'kind' | 'stem'> & {
  readonly options: readonly { readonly id: string; readonly text: string }[]
}

/**
 * The questions of one attempt: `quiz.draw` of them, each as likely as any other, in the order of the file.
 * `random` gives numbers from 0 up to but not including 1, like `Math.random`.
 */
export function draw(quiz: Pick<Quiz, 'questions' | 'draw'>, random: () => number): FrozenQuestion[] {
  let wanted = Math.min(quiz.draw, quiz.questions.length)
  // Knuth's selection sampling (TAOCP 2, 3.4.2, algorithm S): one pass, and the order is kept.
  return quiz.questions.filter((_, index) => {
    const left = quiz.questions.length - index
    if (random() * left >= wanted) return false
    wanted--
    return true
  })
}

/** The questions without key or feedback, for the browser. It names what it keeps, so nothing new slips out. */
export const paper = (questions: readonly FrozenQuestion[]): PaperQuestion[] =>
  questions.map(({ id, kind, stem, options }) => ({
    id,
    kind,
    stem,
    options: options.map(option => ({ id: option.id, text: option.text })),
  }))

/** Marks answers: a question is right when exactly its right options are chosen, no more and no fewer. */
export function mark(questions: readonly FrozenQuestion[], answers: Answers): Marking {
  const marks = questions.map(question => markQuestion(question, new Set(chosenFor(question.id, answers))))
  return { marks, score: marks.filter(({ right }) => right).length, outOf: questions.length }
}

/** Whether `score` of `outOf` reaches `passMark` per cent. Whole numbers only, so 80 per cent of 5 is 4. */
export const isPass = ({ score, outOf }: Pick<Marking, 'score' | 'outOf'>, passMark: number) =>
  outOf > 0 && score * 100 >= passMark * outOf

function markQuestion({ id, options }: FrozenQuestion, chosen: ReadonlySet<string>): Mark {
  const key = options.filter(option => option.correct)
  const right = chosen.size === key.length && key.every(option => chosen.has(option.id))
  return { question: id, chosen: [...chosen], right }
}

/** What was chosen for a question: one called `constructor` must not find what every object has. */
export const chosenFor = (question: string, answers: Answers): readonly string[] =>
  Object.hasOwn(answers, question) ? (answers[question] ?? []) : []
