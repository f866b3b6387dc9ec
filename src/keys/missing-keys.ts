import { eq } from 'drizzle-orm'
import { type Db, lock } from '../../db/client.ts'
import { siteFact } from '../../db/schema/record.ts'
import { allKeys } from './ring.ts'

const name = 'keys that have signed'

/**
 * The names of keys that this site has had and its file does not have: what they signed can't be verified any more,
 * until the file is brought back. The database remembers names alone. Were keys taken from there, whoever can write to
 * it could make certificates.
 */
export async function missingKeys(db: Db): Promise<string[]> {
  const held = allKeys().map(({ id }) => id)
  return db.transaction(async tx => {
    await lock(tx, name)
    const [fact] = await tx.select().from(siteFact).where(eq(siteFact.name, name))
    const known = fact?.value.split(' ') ?? []
    const value = [...new Set([...known, ...held])].join(' ')
    if (value !== fact?.value)
      await tx
        .insert(siteFact)
        .values({ name, value })
        .onConflictDoUpdate({ target: siteFact.name, set: { value } })
    return known.filter(id => !held.includes(id))
  })
}
