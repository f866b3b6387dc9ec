import { integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { certificate } from './badges.ts'
import { reference } from './columns.ts'

/** What a certificate got when its credential was first asked for, and keeps: a place in the status lists, and a salt. */
export const issuedCredential = pgTable(
  'issued_credential',
  {
    certificateId: reference()
      .primaryKey()
      .references(() => certificate.id, { onDelete: 'cascade' }),
    /** The number of its status lists. */
    list: integer().notNull(),
    /** Which bit of them is its own: drawn by lot, so that neighbours in a list have nothing to do with each other. */
    index: integer().notNull(),
    /** Goes into the hash of the holder's address. */
    salt: text().notNull(),
  },
  table => [uniqueIndex('issued_credential_place').on(table.list, table.index)],
)

/**
 * Places in the status lists whose certificates went with their holders: they stay marked as revoked, or copies of the
 * credentials would go on verifying.
 */
export const withdrawnCredential = pgTable(
  'withdrawn_credential',
  { list: integer().notNull(), index: integer().notNull() },
  table => [primaryKey({ columns: [table.list, table.index] })],
)
