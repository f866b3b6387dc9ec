import { z } from 'zod'
import { entryLine, withheldLine } from '../record/log/export.ts'

/** How OpenAPI describes bodies, made once for all paths. */
export interface Descriptions {
  json: (schema: z.ZodType, io: 'input' | 'output') => object
  wrong: (description: string) => object
}

const hash = z.string().meta({ description: 'SHA-256, in hexadecimal.' })
const path = z.array(hash).meta({ description: 'The hashes of the proof, from the leaf upwards.' })
const note = z.string().meta({ description: 'The signed head: c2sp.org/tlog-checkpoint.' })

const head = z.object({
  origin: z.string().meta({ description: 'Whose record it is.' }),
  size: z.int().meta({ description: 'How many entries it covers.' }),
  root: hash,
  at: z.iso.datetime(),
  key: z.string().meta({ description: 'The key that signed it: c2sp.org/signed-note.' }),
  note,
})
const tree = z.object({ size: z.int(), root: hash, note: note.nullable() })

/** An entry as anybody may read it: what is personal in it is there as salted digests. */
const openEntry = z.union([
  entryLine.pick({ entry: true, hash: true }),
  withheldLine.meta({
    description: 'An entry of the old form, which was hashed with what is personal in it.',
  }),
])
const proved = {
  index: z.int().meta({ description: 'Its place among the leaves, from 0.' }),
  leaf: hash,
  path,
}
const proof = z.object({
  tree,
  proofs: z.array(
    z.union([entryLine.pick({ entry: true, hash: true }).extend(proved), withheldLine.extend(proved)]),
  ),
})

const inAddress = (name: string, description: string, type: 'integer' | 'string' = 'integer') => ({
  ...{ name, in: 'query', description },
  schema: type === 'integer' ? { type, minimum: 1 } : { type },
})

/** The paths by which anybody reads and checks the certification record. None takes a token. */
export function recordPaths({ json, wrong }: Descriptions) {
  const read = (summary: string, parameters: object[], answer: z.ZodType) => ({
    get: {
      ...{ summary, security: [], parameters },
      responses: {
        200: { description: 'What was asked for.', content: json(answer, 'output') },
        400: wrong('The address asks for something that can’t be.'),
        404: wrong('There is nothing of the kind.'),
        409: wrong('No signed head covers it yet; ask again in a minute.'),
        503: wrong('The database is away; ask again in a minute.'),
      },
    },
  })
  return {
    '/api/v1/record/head': read('The latest signed head of the record', [], head),
    '/api/v1/record/entries': read(
      'Entries of the record, without what is personal',
      [inAddress('from', 'The first entry.'), inAddress('limit', 'How many: at most 100.')],
      z.object({ entries: z.array(openEntry) }),
    ),
    '/api/v1/record/proof': read(
      'That entries are in the record (RFC 9162, 2.1.3)',
      [
        inAddress('certificate', 'The code of a certificate, for all entries on it.', 'string'),
        inAddress('seq', 'Or the number of an entry.'),
        inAddress('size', 'In the tree of so many entries; by default that of the latest head.'),
      ],
      proof,
    ),
    '/api/v1/record/consistency': read(
      'That nothing was changed between two heads (RFC 9162, 2.1.4)',
      [
        inAddress('from', 'How many entries the earlier head covers.'),
        inAddress('to', 'How many the later one covers; by default the latest.'),
      ],
      z.object({ from: tree, to: tree, path }),
    ),
  }
}
