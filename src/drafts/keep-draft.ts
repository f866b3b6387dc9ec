import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import type { Person } from '../people/person.ts'
import { forgetDraft } from './forget-draft.ts'
import { draftName, longestDraft } from './names.ts'

const mostDrafts = 100
const longestAgo = 90 * 86_400_000

/** A draft as a browser sends it: no words say that it can go. */
export const draftInput = z.object({
  name: draftName,
  words: z.string().max(longestDraft),
  /** How long ago (ms) they were typed, by the browser's own clock, which need not be right. */
  ago: z.coerce.number().int().min(0).max(longestAgo).default(0),
  /** The key of the form that they stand in. */
  form: z.uuid().optional(),
})

/**
 * Keeps words that somebody has typed and not posted, in place of older ones for the same thing; newer ones from
 * another device stay. Beyond a hundred of one's own, the oldest go.
 *
 * Words may arrive after the form that they stood in has been posted: then they are nobody's draft any more. No audit
 * row: what somebody has not said is nobody's business.
 */
export async function keepDraft(
  tx: Tx,
  person: Person,
  { name, words, ago, form }: z.output<typeof draftInput>,
): Promise<void> {
  if (words.trim() === '') return forgetDraft(tx, person, name)
  const typedAt = sql`now() - make_interval(secs => ${ago / 1000}::float8)`
  const kept = await tx.execute(sql`
    insert into draft (person_id, name, words, updated_at)
    select ${person.id}, ${name}, ${words}, ${typedAt}
    where not exists (
      select from idempotency_key where owner = ${`person:${person.id}`} and key = ${form ?? null}::uuid)
    on conflict (person_id, name) do update set words = excluded.words, updated_at = excluded.updated_at
      where draft.updated_at <= excluded.updated_at
    returning 1`)
  if (kept.length > 0) await dropOldest(tx, person)
}

const dropOldest = (tx: Tx, person: Person) =>
  tx.execute(sql`
    delete from draft where person_id = ${person.id} and name in (
      select name from draft where person_id = ${person.id} order by updated_at desc, name offset ${mostDrafts})`)
