import { z } from 'zod'
import { markdown } from '../../authoring/text.ts'

/**
 * What a question says to whoever answered it. Nobody learns from a bare mark, so a question without it has to own up;
 * banks of questions from elsewhere often bring none.
 */
export const explainedFields = {
  feedback: markdown(800).optional().describe('why, for whoever has it right or may see the key'),
  unexplained: z
    .literal(true)
    .optional()
    .describe('true where nobody has written feedback yet, as after an import'),
}

type Explaining = {
  kind: string
  feedback?: string | undefined
  unexplained?: true | undefined
  options?: readonly { feedback?: string | undefined }[]
}

/** Feedback stands with the question, or with each of its options; or the author says that it is still to come. */
export function checkExplained(written: Explaining, ctx: z.RefinementCtx): void {
  const { feedback, options, unexplained } = written
  if (isExplained({ feedback, options }) || unexplained) return
  ctx.addIssue({
    code: 'custom',
    path: ['feedback'],
    message: `is missing\nAdd \`feedback:\`, saying why${options ? ', to the question or to each option' : ''}; or \`unexplained: true\` until somebody writes it.`,
  })
}

export const isExplained = ({ feedback, options }: Pick<Explaining, 'feedback' | 'options'>): boolean =>
  feedback !== undefined || (options?.every(option => option.feedback !== undefined) ?? false)

/** A text that is to be said, where there is one. */
export const saidIf = (when: boolean, text: string | undefined): string[] => (when && text ? [text] : [])
