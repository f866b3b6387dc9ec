import { z } from 'zod'
import { line, namedApart, slug } from '../authoring/text.ts'

const levelSchema = z.strictObject({
  id: slug.describe('a short name that stays when the wording changes'),
  points: z.int().min(0).max(20).describe('what the level is worth'),
  title: line(40).describe('a word or two'),
  description: line(240).describe('one sentence that helps a mentor decide and a trainee learn'),
})

const criterionSchema = z
  .strictObject({
    id: slug.describe('a short name that stays when the wording changes'),
    title: line(60).describe('what is looked at'),
    summary: line(200).optional().describe('the question a mentor asks of the reflection'),
    levels: z.array(levelSchema).min(2).max(6).superRefine(namedApart).describe('from the least to the most'),
  })
  .superRefine(({ levels }, ctx) => {
    levels.forEach((level, index) => {
      const below = levels[index - 1]
      if (below && level.points <= below.points)
        ctx.addIssue({
          code: 'custom',
          path: ['levels', index, 'points'],
          message: `is ${level.points}, and the level before it has ${below.points}\nWrite levels from the least to the most, each worth more than the last.`,
        })
    })
  })

/** `content/rubrics/<rubric>.yaml`. */
export const rubricSchema = z.strictObject({
  title: line(80).describe("the rubric's name"),
  summary: line(240).describe('what it is for, one sentence'),
  criteria: z.array(criterionSchema).min(1).max(8).superRefine(namedApart).describe('what is looked at'),
})

export type RubricLevel = z.output<typeof levelSchema>
export type RubricCriterion = z.output<typeof criterionSchema>
export type Rubric = { readonly id: string } & z.output<typeof rubricSchema>

/** The most points that `rubric` can give. */
export const fullMarks = (rubric: Pick<Rubric, 'criteria'>) =>
  rubric.criteria.reduce((sum, { levels }) => sum + (levels.at(-1)?.points ?? 0), 0)

/** The points of these levels, criterion id to level id; a level that the rubric does not know gives none. */
export const pointsOf = (
  { criteria }: Pick<Rubric, 'criteria'>,
  chosen: Readonly<Record<string, string>>,
): number =>
  criteria.reduce(
    (sum, { id, levels }) => sum + (levels.find(level => level.id === chosen[id])?.points ?? 0),
    0,
  )
