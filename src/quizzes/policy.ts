import type { Person } from '../people/person.ts'
import type { FrozenRules } from './drawing.ts'
import type { QuizState } from './quiz-state.ts'
import { shown, type Shown } from './quiz.ts'

/** Another try: while there are any left, once the wait is over, and until it is passed unless it may be tried again. */
export const canBegin = ({ another, opensAt }: QuizState): boolean => another && opensAt === null

/** The whole key is shown once it can help with no further try. */
export const canSeeKey = ({ another, openAttemptId }: QuizState): boolean =>
  !another && openAttemptId === null

/** What may be shown of a try that was handed in, by the rules that it was begun under. */
export const mayBeShown = (rules: FrozenRules | null, done: boolean): ReadonlySet<Shown> =>
  new Set(
    rules ? rules.review[done ? 'done' : 'handedIn'] : done ? shown : shown.filter(one => one !== 'key'),
  )

/** Who runs the programme marks a quiz anew. */
export const canRemark = (person: Person): boolean => person.rights.admin

/** How a quiz works is for those who can mend it, and for mentors, who can say why people go wrong. */
export const canSeeAnalysis = (person: Person | null): boolean =>
  person !== null && (person.rights.admin || person.rights.grade)

/** Who runs the programme gives somebody more time. */
export const canGiveExtraTime = (person: Person): boolean => person.rights.admin
