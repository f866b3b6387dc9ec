import { z } from 'zod'
import { line, namedApart, slug } from '../../authoring/text.ts'
import type { Content } from '../../authoring/content.ts'
import { Invalid } from '../../errors.ts'

/** What takes a badge away, for a time or for good. */
export const takings = ['suspension', 'revocation'] as const
export type Taking = (typeof takings)[number]

const reason = z.strictObject({
  id: slug.describe('a short name that stays when the words change'),
  title: line(60).describe('what anybody reads who checks a certificate: what kind of reason it was'),
  of: z
    .array(z.enum(takings))
    .min(1)
    .describe('what it can be a reason for: `suspension`, `revocation` or both'),
  duty: z
    .boolean()
    .default(false)
    .describe('true for the one by which the site suspends a badge whose duty was not done in time'),
})

/** `content/reasons.yaml`: why a badge may be suspended or revoked. */
export const reasonsSchema = z.strictObject({
  reasons: z
    .array(reason)
    .min(1)
    .max(20)
    .refine(
      reasons => {
        const [first, second] = reasons.filter(({ duty }) => duty)
        return first !== undefined && second === undefined && first.of.includes('suspension')
      },
      {
        error:
          'has not exactly one reason to suspend a badge whose duty was not done\nGive one of them `duty: true`, and `suspension` among what it is `of`.',
      },
    )
    .refine(reasons => reasons.some(({ of }) => of.includes('revocation')), {
      error: 'has no reason to revoke a badge\nPut `revocation` among what one of them is `of`.',
    })
    .superRefine(namedApart)
    .describe('what one chooses from, in this order'),
})

export type Reason = z.output<typeof reason>
export type Reasons = readonly Reason[]

/** What kind of reason something had, as it was called that day: the record keeps it for anybody to read. */
export type ReasonClass = { readonly id: string; readonly title: string }

/** The reasons that there are for suspending, or for revoking. */
export const reasonsTo = ({ reasons }: Content, taking: Taking): Reason[] =>
  reasons.filter(({ of }) => of.includes(taking))

/** @throws Invalid when it is no reason for that */
export function reasonClassOf(content: Content, taking: Taking, id: string): ReasonClass {
  const chosen = reasonsTo(content, taking).find(one => one.id === id)
  if (!chosen) throw new Invalid({ reasonClass: 'Please choose one of these.' })
  return { id, title: chosen.title }
}

/** That of the site itself, where a duty was not done in time. */
export function dutyNotDone({ reasons }: Content): ReasonClass {
  const { id, title } = reasons.find(({ duty }) => duty)!
  return { id, title }
}
