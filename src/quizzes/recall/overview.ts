import { and, eq, isNotNull } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { attempt } from '../../../db/schema/quizzes.ts'
import type { Content } from '../../authoring/content.ts'
import { daysAfter } from './days.ts'
import { openQuizzes } from './open-quizzes.ts'
import type { Today } from './today.ts'

/** Where questions come from: a course, or the guides. */
export type Source = { readonly id: string; readonly title: string }

/** The source of a quiz. */
export function sourceOf(content: Content, quizId: string): Source {
  const id = quizId.split('/')[0] ?? ''
  return { id, title: content.course(id)?.title ?? 'Help guides' }
}

/** What a quiz belongs to, by its title. */
export const titleOf = (content: Content, quizId: string): string =>
  (content.module(quizId) ?? content.guide(quizId.replace(/^guides\//, '')))?.title ?? quizId

/** How many questions are due today, by where they come from, the most first. */
export function dueBySource(content: Content, { due }: Pick<Today, 'due'>): (Source & { due: number })[] {
  const counts = new Map<string, Source & { due: number }>()
  for (const { quiz } of due) {
    const source = sourceOf(content, quiz.id)
    counts.set(source.id, { ...source, due: (counts.get(source.id)?.due ?? 0) + 1 })
  }
  return [...counts.values()].toSorted((a, b) => b.due - a.due || (a.title < b.title ? -1 : 1))
}

/** How many questions come on each of the `days` days from today on; what has waited longer comes today. */
export function coming(
  { day, cards }: Pick<Today, 'day' | 'cards'>,
  days = 14,
): { day: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { dueOn } of cards) {
    const on = dueOn < day ? day : dueOn
    counts.set(on, (counts.get(on) ?? 0) + 1)
  }
  return Array.from({ length: days }, (_, ahead) => daysAfter(day, ahead)).map(one => ({
    day: one,
    count: counts.get(one) ?? 0,
  }))
}

/** The quizzes that a person may go through from end to end, in the order of the content. */
export async function wholeQuizzes(
  db: Queryable,
  content: Content,
  person: { id: number },
): Promise<{ id: string; title: string; source: Source }[]> {
  const rows = await db
    .selectDistinct({ quiz: attempt.quiz })
    .from(attempt)
    .where(and(eq(attempt.personId, person.id), isNotNull(attempt.submittedAt)))
  const open = await openQuizzes(
    db,
    content,
    person,
    rows.map(({ quiz }) => quiz),
  )
  const order = [
    ...content.courses.flatMap(({ modules }) => modules.map(({ id }) => id)),
    ...content.guides.map(({ id }) => `guides/${id}`),
  ]
  return order
    .filter(id => open.has(id))
    .map(id => ({ id, title: titleOf(content, id), source: sourceOf(content, id) }))
}
