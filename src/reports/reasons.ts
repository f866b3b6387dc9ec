import { z } from 'zod'
import { line, namedApart, slug } from '../authoring/text.ts'

const reason = z.strictObject({
  id: slug.describe('a short name that stays when the words change'),
  title: line(80).describe('as whoever reports a post says it'),
  help: line(200).describe('when to choose it'),
  concern: z.boolean().default(false).describe('true when it is a worry about the person who wrote'),
  'needs-words': z.boolean().default(false).describe('true when it says nothing without a few words'),
})

/** `content/reports.yaml`: why a post may be reported, and what to do about a worry. */
export const reportsSchema = z.strictObject({
  plan: slug.describe('the guide that says what to do about a worry'),
  reasons: z
    .array(reason)
    .min(1)
    .max(10)
    .refine(reasons => reasons.some(({ concern }) => concern), {
      error: 'has no reason for a worry about a person\nGive one of them `concern: true`.',
    })
    .superRefine(namedApart)
    .describe('what one chooses from, in this order'),
})

export type ReportReason = z.output<typeof reason>
export type ReportReasons = z.output<typeof reportsSchema>
