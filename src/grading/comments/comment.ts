import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '../../../db/client.ts'
import { savedComment } from '../../../db/schema/grading.ts'
import type { Content } from '../../authoring/content.ts'
import { found, Invalid } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { placeholders, unknownPlaceholder } from './placeholders.ts'

export const longestTitle = 80
export const longestComment = 2000
/** How many comments one mentor keeps. */
export const mostComments = 200

export const commentInput = z.object({
  title: z.string().trim().min(1, 'Please give it a title: you find it by this.').max(longestTitle),
  markdown: z.string().trim().min(1, 'Please write the words to keep.').max(longestComment),
  /** A course that it is for; nothing for every course. */
  course: z.string().max(80).default(''),
  /** For all mentors to use. */
  shared: z
    .literal('yes')
    .optional()
    .transform(shared => shared === 'yes'),
})
export type CommentInput = z.output<typeof commentInput>

export interface Comment {
  id: number
  ownerId: number
  title: string
  markdown: string
  /** Null for every course. */
  course: string | null
  shared: boolean
}

const columns = {
  id: savedComment.id,
  ownerId: savedComment.ownerId,
  title: savedComment.title,
  markdown: savedComment.markdown,
  course: savedComment.course,
  shared: savedComment.shared,
}

/** A comment that a mentor may use: their own, or one that is shared. @throws NotFound */
export async function commentFor(db: Queryable, mentor: Person, id: number): Promise<Comment> {
  const [row] = await db
    .select(columns)
    .from(savedComment)
    .where(and(eq(savedComment.id, id), isNull(savedComment.removedAt), sql`${usableBy(mentor)}`))
  return found(row)
}

/** Their own, or shared by somebody whose account is open. */
export const usableBy = ({ id }: Person) => sql`(
  ${savedComment.ownerId} = ${id} or ${savedComment.shared} and not exists (
    select from suspension s where s.person_id = ${savedComment.ownerId} and s.ended_at is null))`

/** @throws Invalid when there is no such course */
export function courseOf(content: Content, course: string): string | null {
  if (course !== '' && !content.course(course)) throw new Invalid({ course: 'Please choose one of these.' })
  return course || null
}

/** @throws Invalid, about this field, when something in braces stands for nothing */
export function ensurePlaceholders(text: string, field: string): void {
  const unknown = unknownPlaceholder(text)
  if (unknown === null) return
  const names = Object.keys(placeholders).map(name => `{${name}}`)
  throw new Invalid({
    [field]: `Nothing stands for {${unknown}}. You can use ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`,
  })
}
