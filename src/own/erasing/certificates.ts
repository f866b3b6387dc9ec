import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import type { Keeps } from '../leaving.ts'
import type { Leaver } from './erase.ts'

/**
 * Keeps of a person's certificates what they chose: all that lets them go on verifying, with the name on them or
 * without; or nothing. Of what is gone the places in the status lists stay marked as revoked, for copies of the
 * credentials are in nobody's hands but theirs to delete.
 */
export async function eraseCertificates(tx: Tx, { id, displayName }: Leaver, keeps: Keeps): Promise<void> {
  if (keeps === 'named')
    await tx.execute(sql`update certificate set kept_name = ${displayName} where person_id = ${id}`)
  if (keeps !== 'nothing') return
  await tx.execute(sql`
    with gone as (
      delete from issued_credential where certificate_id in (select id from certificate where person_id = ${id})
      returning list, index
    )
    insert into withdrawn_credential (list, index) select list, index from gone on conflict do nothing`)
  await tx.execute(sql`delete from certificate where person_id = ${id}`)
}
