import { pgTable, text } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

/** A key of the community's platform to the API. Only its hash is kept. */
export const apiToken = pgTable('api_token', {
  id: identity(),
  name: text().notNull(),
  tokenHash: text().notNull().unique(),
  /** What it opens, such as `badges:read`; nothing, unless somebody says. */
  scopes: text().array().notNull().default([]),
  /** From when on it opens nothing any more; null for one that lasts. */
  expiresAt: moment(),
  byId: reference().references(() => person.id),
  createdAt: moment().notNull().defaultNow(),
  lastUsedAt: moment(),
  revokedById: reference().references(() => person.id),
  revokedAt: moment(),
})
