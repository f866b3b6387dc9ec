import { sql } from 'drizzle-orm'
import { customType, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** The modules and guides of `content/`, so that one query finds them and posts alike. */
export const searchPage = pgTable(
  'search_page',
  {
    kind: text({ enum: ['module', 'guide'] }).notNull(),
    id: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    words: tsvector()
      .notNull()
      .generatedAlwaysAs(
        sql`setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'B')`,
      ),
  },
  table => [
    primaryKey({ columns: [table.kind, table.id] }),
    index('search_page_words').using('gin', table.words),
  ],
)

/** Words that occur somewhere, so that a word typed wrongly finds its neighbour. */
export const searchWord = pgTable('search_word', { word: text().primaryKey() }, table => [
  index('search_word_alike').using('gin', table.word.op('gin_trgm_ops')),
])
