import { z } from 'zod'
import { line, markdown, namedApart, slug } from '../../authoring/text.ts'

const ofEachCriterion = <T extends z.ZodType>(what: T) => z.record(z.string().max(80), what)

const anchorSchema = z.strictObject({
  id: slug.describe('a short name that stays when the words change'),
  module: slug.describe('the module of this course whose question it answers, without the number'),
  text: markdown(2400).describe('the reflection, Markdown, as a volunteer would write it'),
  outcome: z.enum(['pass', 'distinction', 'return']).describe('what a mentor should make of it'),
  note: line(400).describe('why that outcome, one or two sentences'),
  levels: ofEachCriterion(slug).describe("for each criterion of the module's rubric, the level it reaches"),
  reasons: ofEachCriterion(line(400)).describe('for each criterion, one or two sentences why that level'),
})

/** `content/courses/<course>/calibration.yaml`. */
export const calibrationSchema = z.strictObject({
  tolerance: z.int().min(0).max(3).default(1).describe('how many steps a level may differ and still agree'),
  pass: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.8)
    .describe('the part of all levels and outcomes that has to agree, such as 0.8'),
  anchors: z
    .array(anchorSchema)
    .min(3)
    .max(8)
    .superRefine(namedApart)
    .describe('reflections to grade before live work opens'),
})

export type CalibrationSource = z.output<typeof calibrationSchema>

/** A reflection that an author has graded, with reasons, for mentors to measure themselves by. */
export type Anchor = Omit<z.output<typeof anchorSchema>, 'module'> & {
  /** The module's id. */
  readonly module: string
}

/** What a course asks of its mentors before they grade there. */
export type Calibration = Omit<CalibrationSource, 'anchors'> & { readonly anchors: readonly Anchor[] }

/** The calibration of `course`, as other files speak of it. */
export const asCalibration = (course: string, { anchors, ...rest }: CalibrationSource): Calibration => ({
  ...rest,
  anchors: anchors.map(anchor => ({ ...anchor, module: `${course}/${anchor.module}` })),
})
