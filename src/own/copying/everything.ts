import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { credentialFile, type Format, formats } from '../../credentials/files.ts'
import { found } from '../../errors.ts'
import { findPerson } from '../../people/load-person.ts'
import type { Person } from '../../people/person.ts'
import { type Packed, zipped } from '../../zip.ts'
import { copiedRows, type Part } from './copied.ts'
import { readApart } from './read-apart.ts'
import { readable } from './readable.ts'

/** A copy of everything that is held about somebody, made at one moment. */
export interface Copy {
  person: Person
  madeAt: Date
  parts: readonly Part[]
}

/** The version of the shape of `data.json`: it grows when a reader of an older one would go wrong. */
const version = 1

/** Everything that is held about a person and may be told to them. @throws NotFound */
export async function everythingOf(db: Queryable, content: Content, personId: number): Promise<Copy> {
  const person = found(await findPerson(db, { id: personId }))
  const [parts, apart] = [await copiedRows(db, personId), await readApart(db, content, personId)]
  return { person, madeAt: new Date(), parts: [...parts, ...apart].filter(part => part.rows.length > 0) }
}

/** The same as a file to take along: data for programs, a page to read, and the certificates. */
export async function copyFile(
  db: Queryable,
  content: Content,
  origin: string,
  personId: number,
): Promise<Buffer> {
  const copy = await everythingOf(db, content, personId)
  return zipped([
    { name: 'index.html', bytes: bytes(readable(copy)) },
    { name: 'data.json', bytes: bytes(JSON.stringify(asData(copy), null, 1)) },
    ...(await credentials(db, content, origin, personId)),
  ])
}

const bytes = (text: string) => new TextEncoder().encode(text)

const asData = ({ person, madeAt, parts }: Copy) => ({
  trellis: 'everything about a person',
  version,
  madeAt: madeAt.toISOString(),
  handle: person.handle,
  readMe:
    'Each of `parts` says what it holds, with its rows in the order in which they came. Moments are in UTC, ISO 8601. ' +
    'Ids lead from one part to another. Other people are named only where the site shows you their name.',
  parts: Object.fromEntries(parts.map(({ name, title, says, rows }) => [name, { title, says, rows }])),
})

/** Each certificate in every format in which it can be taken along. */
async function credentials(
  db: Queryable,
  content: Content,
  origin: string,
  personId: number,
): Promise<Packed[]> {
  const held = await db.execute<{ code: string; badge: string }>(
    sql`select code, badge from certificate where person_id = ${personId}
      and exists (select from record_entry e where e.certificate_code = code and e.kind = 'grant') order by id`,
  )
  const files: Packed[] = []
  for (const { code, badge } of held)
    for (const format of Object.keys(formats) as Format[]) {
      const name = `credentials/${badge}-${code}/${formats[format].file}`
      files.push({ name, bytes: await credentialFile(db, content, origin, { code, format }) })
    }
  return files
}
