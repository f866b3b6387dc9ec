import { createEmptyCard, fsrs, type FSRS, type Grade, Rating, State } from 'ts-fsrs'

/** How a question felt to answer; `again` is what a wrong answer says by itself. */
export const felts = ['again', 'hard', 'good', 'easy'] as const
export type Felt = (typeof felts)[number]

/** What is known of how well somebody remembers something, after an answer. */
export type Memory = {
  /** Days after which it is remembered with a chance of 90%. */
  readonly stability: number
  /** From 1 to 10. */
  readonly difficulty: number
  readonly reviews: number
  readonly lapses: number
  readonly reviewedAt: Date
}

export type Review = { readonly felt: Felt; readonly reviewedAt: Date }

/**
 * FSRS 6 (Jarrett Ye, github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm) in whole days, without chance: the
 * same answers on the same days lead to the same day. Half a year apart at the most, for what volunteers say to people
 * in need is to be looked at now and then.
 */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false, maximum_interval: 180 })

const grades: Record<Felt, Grade> = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
  easy: Rating.Easy,
}

/**
 * What follows from one more answer.
 * @param before null where it is the first
 * @returns what is known then, and in how many days it is asked again, 1 at least
 */
export function afterReview(
  before: Memory | null,
  { felt, reviewedAt }: Review,
  by: FSRS = scheduler,
): { memory: Memory; days: number } {
  const { card } = by.next(cardFrom(before, reviewedAt), reviewedAt, grades[felt])
  const { stability, difficulty, reps: reviews, lapses, scheduled_days: days } = card
  return { memory: { stability, difficulty, reviews, lapses, reviewedAt }, days: Math.max(1, days) }
}

/** Without steps of minutes a card is new or under review, and it is due when it is asked. */
function cardFrom(memory: Memory | null, now: Date) {
  const empty = createEmptyCard(now)
  if (!memory) return empty
  const { stability, difficulty, reviews, lapses, reviewedAt } = memory
  return {
    ...{ ...empty, stability, difficulty, lapses, reps: reviews },
    ...{ state: State.Review, last_review: reviewedAt },
  }
}

/** What follows from all answers, the first one first; null where there is none. */
export function afterAll(reviews: readonly Review[]): { memory: Memory; days: number } | null {
  let after: ReturnType<typeof afterAll> = null
  for (const review of reviews) after = afterReview(after?.memory ?? null, review)
  return after
}
