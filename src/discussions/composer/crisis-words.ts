import { z } from 'zod'
import { line } from '../../authoring/text.ts'

/** `content/crisis-words.yaml`: phrases that may mean that whoever writes them is in a crisis. */
export const crisisWordsSchema = z.strictObject({
  phrases: z
    .array(
      line(80).refine(text => text === text.toLowerCase(), { error: 'has capitals\nUse small letters.' }),
    )
    .min(1)
    .max(500)
    .describe('what is looked for in what somebody writes, in small letters'),
})
