import { z } from 'zod'
import { line, slug } from '../authoring/text.ts'

/** The name of a kind of evidence, as the API sends it: `group_chat`. */
export const evidenceKindId = z.string().regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, {
  error:
    'is not the name of a kind of evidence\nUse small letters, digits and underscores, such as `group_chat`.',
})

const evidenceKindSchema = z.strictObject({
  title: line(60).describe('one of it, such as `group chat`'),
  plural: line(60).describe('several of it, such as `group chats`'),
  summary: line(240).describe('what counts, one sentence'),
  'self-logged': z.boolean().describe('true when a person may log it for a mentor to confirm'),
  roles: z.array(line(30)).min(1).optional().describe('the parts one can play in it, such as `attended`'),
  'supervised-by': z
    .array(slug)
    .min(1)
    .max(10)
    .optional()
    .describe('the badges whose holders may stand by, where its hours are counted'),
})

/** `content/evidence.yaml`: the kinds of evidence, by name. */
export const evidenceKindsSchema = z.record(evidenceKindId, evidenceKindSchema)

export type EvidenceKind = {
  /** `group_chat` */
  readonly id: string
  readonly title: string
  readonly plural: string
  readonly summary: string
  /** A person may log it themselves, for a mentor to confirm; otherwise it comes from the platform or an admin. */
  readonly selfLogged: boolean
  /** The parts one can play in it; empty when there is only one. */
  readonly roles: readonly string[]
  /** Whose word its hours need: ids of badges; empty where nobody stands by. */
  readonly supervisedBy: readonly string[]
}

/** The kinds that a checked evidence file describes, in its order. */
export const asEvidenceKinds = (written: z.output<typeof evidenceKindsSchema>): EvidenceKind[] =>
  Object.entries(written).map(
    ([id, { 'self-logged': selfLogged, 'supervised-by': supervisedBy = [], roles = [], ...words }]) => ({
      ...{ id, ...words, selfLogged, roles, supervisedBy },
    }),
  )
