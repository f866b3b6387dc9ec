import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { draft } from '../../db/schema/drafts.ts'
import type { Person } from '../people/person.ts'
import type { DraftName } from './names.ts'

/** Deletes a person's draft, in the transaction that posts its words; where there is none, nothing happens. */
export async function forgetDraft(tx: Tx, person: Person, name: DraftName): Promise<void> {
  await tx.delete(draft).where(and(eq(draft.personId, person.id), eq(draft.name, name)))
}
