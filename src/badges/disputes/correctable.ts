import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import type { Counter } from './counter.ts'

/** What can be added or taken out, as options of a form: `add:<id>`, `void:<id>`. None where it is no single things. */
export async function factsToCorrect(
  db: Queryable,
  content: Content,
  { personId, counter }: { personId: number; counter: Counter },
): Promise<{ value: string; label: string }[]> {
  const things = thingsOf(content, counter)
  if (things.length === 0) return []
  const rows = await db.execute<{ id: string }>(
    counter.kind === 'guides-completed'
      ? sql`select guide as id from guide_completion where person_id = ${personId}`
      : sql`select distinct module as id from reading where person_id = ${personId}`,
  )
  const has = new Set(rows.map(({ id }) => id))
  const option = ({ id, title }: Thing) =>
    has.has(id)
      ? { value: `void:${id}`, label: `Take out: ${title}` }
      : { value: `add:${id}`, label: `Add: ${title}` }
  return [...things.filter(({ id }) => !has.has(id)), ...things.filter(({ id }) => has.has(id))].map(option)
}

type Thing = { readonly id: string; readonly title: string }

function thingsOf(content: Content, counter: Counter): readonly Thing[] {
  if (counter.kind === 'guides-completed') return content.guides
  return counter.kind === 'modules-read' || counter.kind === 'course-complete'
    ? (content.course(counter.course)?.modules ?? [])
    : []
}

/** Whether a counter is corrected here, or where what it counts came from. */
export const isCorrectedHere = ({ kind }: Counter): boolean =>
  kind === 'evidence' || kind === 'guides-completed' || kind === 'modules-read' || kind === 'course-complete'
