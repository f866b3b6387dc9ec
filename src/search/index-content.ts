import { sql } from 'drizzle-orm'
import { type Db, lock, type Queryable } from '../../db/client.ts'
import { siteFact } from '../../db/schema/record.ts'
import type { Content } from '../authoring/content.ts'
import { type LessonText, lessonTexts, plainText } from '../authoring/lesson-text.ts'

const name = 'content that is searched'

/** Goes up when what is taken from a page changes, so that pages are indexed anew though their words are the same. */
const edition = 1

/**
 * Puts the modules and guides of the content where they are searched, when it is not the content that is there
 * already. Instances that start at once wait for each other, and only one of them does it.
 */
export async function indexIfContentChanged(db: Db, content: Content, folder = 'content'): Promise<void> {
  const fingerprint = `${edition} ${content.fingerprint}`
  if ((await indexedContent(db)) === fingerprint) return
  await db.transaction(async tx => {
    await lock(tx, name)
    if ((await indexedContent(tx)) === fingerprint) return
    const texts = lessonTexts(folder, { Helplines: helplineNames(content) })
    const pages = JSON.stringify(texts.flatMap(text => pageOf(content, text)))
    await tx.execute(sql`delete from search_page`)
    await tx.execute(sql`
      insert into search_page (kind, id, title, body)
      select kind, id, title, body
      from jsonb_to_recordset(${pages}::text::jsonb) as page (kind text, id text, title text, body text)`)
    await learnWordsOfPages(tx)
    await tx
      .insert(siteFact)
      .values({ name, value: fingerprint })
      .onConflictDoUpdate({ target: siteFact.name, set: { value: fingerprint } })
  })
}

async function indexedContent(db: Queryable): Promise<string | undefined> {
  const [fact] = await db.execute<{ value: string }>(sql`select value from site_fact where name = ${name}`)
  return fact?.value
}

/** What a page's readers read: never a question of a quiz or a check, nor its key. */
function pageOf(content: Content, { kind, id, text }: LessonText) {
  const page = kind === 'module' ? content.module(id) : content.guide(id)
  if (!page) return []
  const question = 'reflection' in page && page.reflection ? [plainText(page.reflection.question)] : []
  return [{ kind, id, title: page.title, body: [page.summary, text, ...question].join('\n') }]
}

const helplineNames = ({ helplines }: Content): string =>
  helplines.regions
    .flatMap(region => [region.name, ...region.helplines.map(helpline => helpline.name)])
    .join('\n')

/** Words of the pages, so that a word typed wrongly finds its neighbour. Words of pages that have gone do no harm. */
const learnWordsOfPages = (db: Queryable) =>
  db.execute(sql`
    insert into search_word (word)
    select word from ts_stat($$select to_tsvector('simple', title || ' ' || body) from search_page$$)
    where word ~ '^[[:alpha:]]{3,30}$' order by word
    on conflict do nothing`)
