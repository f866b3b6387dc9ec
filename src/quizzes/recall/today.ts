import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { dayIn } from '../../layout/time.ts'
import { type Card, cardsOf } from './cards.ts'

type Someone = { id: number; timeZone: string }

/** What a person goes over today, where they live. */
export type Today = {
  /** ISO day. */
  readonly day: string
  readonly cards: readonly Card[]
  /** Still to be asked, what has waited longest first. */
  readonly due: readonly Card[]
  /** How many were answered today. */
  readonly done: number
  /** The ISO day on which something is asked again; null where nothing is to come. */
  readonly nextOn: string | null
}

/**
 * @param within only the cards of this quiz, where somebody goes through one
 */
export async function todayOf(
  db: Queryable,
  content: Content,
  person: Someone,
  { within }: { within?: string | undefined } = {},
  now = new Date(),
): Promise<Today> {
  const day = dayIn(now, person.timeZone)
  const all = await cardsOf(db, content, person)
  const cards = within === undefined ? all : all.filter(({ quiz }) => quiz.id === within)
  return {
    ...{ day, cards, due: cards.filter(({ dueOn }) => dueOn <= day) },
    done: cards.filter(
      ({ dueOn, reviewedAt }) =>
        dueOn > day && reviewedAt !== null && dayIn(reviewedAt, person.timeZone) === day,
    ).length,
    nextOn: all.find(({ dueOn }) => dueOn > day)?.dueOn ?? null,
  }
}

/** How many questions wait for a person today. */
export async function manyDue(
  db: Queryable,
  content: Content,
  person: Someone,
  now = new Date(),
): Promise<number> {
  return (await cardsOf(db, content, person, { until: dayIn(now, person.timeZone) })).length
}
