import { z } from 'zod'
import { choosing } from './choosing.ts'

/** One line of plain text, at most `max` characters. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(text => !text.includes('\n'), { error: 'has a line break in it\nKeep it on one line.' })

/** Markdown as an author wrote it, at most `max` characters; it is rendered where it is shown. */
export const markdown = (max: number) => z.string().trim().min(1).max(max)

/** The name by which one file speaks of another: `giving-a-warning`. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'is not a plain name\nUse small letters, digits and single hyphens, such as `giving-a-warning`.',
  })
  .max(80)

/** For a list whose things are known by their ids, so that no two may be alike: `z.array(…).superRefine(namedApart)`. */
export function namedApart(things: readonly { id: string }[], ctx: z.RefinementCtx): void {
  const seen = new Set<string>()
  things.forEach(({ id }, index) => {
    if (seen.has(id))
      ctx.addIssue({
        code: 'custom',
        path: [index, 'id'],
        message: `'${id}' stands here twice\nGive each its own name.`,
      })
    seen.add(id)
  })
}

/** A title that may differ between adults and teens: one line, or `{ adult: …, teen: … }`. */
export const titleByAgeBand = choosing((written): z.ZodType<TitleByAgeBand> =>
  typeof written === 'object' && written !== null
    ? z.strictObject({ adult: line(60), teen: line(60) })
    : line(60).transform(title => ({ adult: title, teen: title })),
)

export type TitleByAgeBand = { readonly adult: string; readonly teen: string }

/** Whether a course, a module or a guide is being written still. */
export const draftField = z
  .boolean()
  .default(false)
  .describe('true while it is being written: only mentors and admins see it')

/** The school grade that a page may ask of its readers, where it is not the usual one. */
export const readingLevelField = z
  .int()
  .min(1)
  .max(18)
  .optional()
  .describe('the school grade that the page may ask of its readers, where the usual one does not fit')
