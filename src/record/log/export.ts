import { z } from 'zod'

/*
 * An export of the record is JSON Lines, each line in canonical JSON (RFC 8785): what it is and by whom, then the
 * entries in their order, each signed head right after the last entry that it covers, and how many there were.
 */

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)
const moment = z.iso.datetime({ precision: 3 })
/** Any JSON, but it has to be there. */
const anything: z.ZodType = z.unknown().refine(value => value !== undefined)
const kind = z.string().min(1).max(40)
const disclosure = z.tuple([z.string().min(16).max(64), anything])

export const firstLine = z.strictObject({
  trellis: z.literal('record'),
  version: z.literal(1),
  /** Whose record it is: the site's host. */
  origin: z.string().min(1).max(300),
  /** The keys that signed its heads (c2sp.org/signed-note). */
  keys: z.array(z.string().max(400)).max(1000),
  /** Whether what is personal was left out. */
  public: z.boolean(),
})
export type FirstLine = z.output<typeof firstLine>

const entry = z.strictObject({
  format: z.literal(2),
  seq: count,
  kind,
  certificate: hash.nullable(),
  badge: z.string().max(200).nullable(),
  override: z.boolean(),
  criteria: anything,
  reasonClass: z.strictObject({ id: z.string().min(1).max(80), title: z.string().max(200) }).optional(),
  at: moment,
  previousHash: hash,
  commitments: z.record(z.string().min(1).max(40), hash),
})

const oldEntry = z.strictObject({
  seq: count,
  kind,
  certificateCode: z.string().max(200).nullable(),
  personId: z.int(),
  badge: z.string().max(200),
  actorId: z.int().nullable(),
  override: z.boolean(),
  reason: z.string(),
  criteria: anything,
  standing: anything,
  at: moment,
  previousHash: hash,
})

/** An entry; in a full export with its certificate's code, and with what was not erased of it. */
export const entryLine = z.strictObject({
  entry,
  hash,
  code: z.string().max(200).optional(),
  disclosures: z.record(z.string(), disclosure).optional(),
})

/** An entry of format 1, in a full export. */
export const oldEntryLine = z.strictObject({ format: z.literal(1), entry: oldEntry, hash, leaf: hash })

/** An entry of format 1 where it can't be shown, since all of it was hashed in the clear: its leaf alone. */
export const withheldLine = z.strictObject({ format: z.literal(1), seq: count, leaf: hash })

/** A signed head (c2sp.org/tlog-checkpoint). */
export const headLine = z.strictObject({ head: z.string().max(20_000) })

export const lastLine = z.strictObject({ end: z.literal(true), entries: count, heads: count })

export type EntryLine = z.output<typeof entryLine>
export type OldEntryLine = z.output<typeof oldEntryLine>
export type WithheldLine = z.output<typeof withheldLine>
export type AnyEntryLine = EntryLine | OldEntryLine | WithheldLine
export type Line = FirstLine | AnyEntryLine | z.output<typeof headLine> | z.output<typeof lastLine>
