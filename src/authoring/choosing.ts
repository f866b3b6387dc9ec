import { z } from 'zod'
import { inWords } from './wording.ts'

/**
 * A schema that looks at what was written before it decides how to read it. Unlike a union, which can only
 * say that nothing fitted, it reports what is amiss with the reading that was meant.
 */
export const choosing = <T>(choose: (written: unknown) => z.ZodType<T>) =>
  z.unknown().transform((written, ctx): T => {
    if (written === undefined) {
      ctx.addIssue({ code: 'invalid_type', expected: 'string', input: written })
      return z.NEVER
    }
    const reading = choose(written).safeParse(written, { error: inWords })
    if (reading.success) return reading.data
    for (const { message, path } of reading.error.issues) ctx.addIssue({ code: 'custom', message, path })
    return z.NEVER
  })

/** A schema that always fails, with `message` (`problem\nremedy`) about what stands at `path`. */
export const refusing = (message: string, path: string[] = []) =>
  z.unknown().transform((_, ctx): never => {
    ctx.addIssue({ code: 'custom', message, path })
    return z.NEVER
  })
