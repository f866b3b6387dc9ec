import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { db, type Tx } from '../../db/client.ts'
import { idempotencyKey } from '../../db/schema/people.ts'

/** What a write leaves the person with: where to go, and a sentence that says what happened. */
export interface Done {
  redirect?: string
  flash?: string
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** SHA-256 over the action and all of its fields, in their order. */
function digestOf(action: string, form: FormData): string {
  const hash = createHash('sha256').update(action)
  for (const [name, value] of form) if (typeof value === 'string') hash.update(`\0${name}\0${value}`)
  return hash.digest('base64url')
}

/**
 * Runs `write` in one transaction, once for each key and content of a form: a double press or a retry gets the
 * first answer. A form that was corrected and posted again under its old key is a new write.
 * Two at once: the second waits at the key's row until the first commits, and then finds its answer.
 */
export async function once(
  owner: { id: number },
  action: string,
  form: FormData,
  write: (tx: Tx) => Promise<Done>,
): Promise<Done> {
  const key = form.get('key')
  if (typeof key !== 'string' || !uuid.test(key)) return db().transaction(write)

  const row = { owner: `person:${owner.id}`, key, digest: digestOf(action, form) }
  return db().transaction(async tx => {
    const [first] = await tx.insert(idempotencyKey).values(row).onConflictDoNothing().returning()
    if (!first) return answerBefore(tx, row)
    const done = await write(tx)
    await tx
      .update(idempotencyKey)
      .set({ redirect: done.redirect ?? null, flash: done.flash ?? null })
      .where(sameRow(row))
    return done
  })
}

type Row = Pick<typeof idempotencyKey.$inferInsert, 'owner' | 'key' | 'digest'>

const sameRow = (row: Row) =>
  and(
    eq(idempotencyKey.owner, row.owner),
    eq(idempotencyKey.key, row.key),
    eq(idempotencyKey.digest, row.digest),
  )

async function answerBefore(tx: Tx, row: Row): Promise<Done> {
  const [before] = await tx.select().from(idempotencyKey).where(sameRow(row))
  return {
    ...(before?.redirect && { redirect: before.redirect }),
    ...(before?.flash && { flash: before.flash }),
  }
}
