import { setImmediate } from 'node:timers/promises'
import type { Content } from '../../authoring/content.ts'
import type { RubricCriterion } from '../rubric.ts'
import { type Agreement, agreementOf } from './agreement.ts'
import type { Compared } from './compared.ts'
import { type Table, tableOf } from './table.ts'

export interface CriterionFigures {
  id: string
  title: string
  /** The titles of its levels, the least first. */
  levels: string[]
  agreement: Agreement
  /** How often each level of the first marker met each level of the second. */
  table: Table
}

export interface RubricFigures {
  id: string
  title: string
  criteria: CriterionFigures[]
}

/**
 * How alike marks are, criterion by criterion, for each rubric that they were given by. Intervals of a year's marks
 * take some 30 ms a criterion; whoever else asks for something meanwhile is answered in between.
 */
export async function ofCriteria(content: Content, compared: readonly Compared[]): Promise<RubricFigures[]> {
  const byRubric = Map.groupBy(compared, ({ rubric }) => rubric)
  const rubrics: RubricFigures[] = []
  for (const { id, title, criteria } of content.rubrics) {
    const tries = byRubric.get(id)
    if (!tries) continue
    const figures: CriterionFigures[] = []
    for (const criterion of criteria) {
      await setImmediate()
      figures.push(figuresOf(criterion, tries))
    }
    rubrics.push({ id, title, criteria: figures })
  }
  return rubrics
}

function figuresOf({ id, title, levels }: RubricCriterion, tries: readonly Compared[]): CriterionFigures {
  const pairs = tries.map(one => one.pairs.get(id)).filter(pair => pair !== undefined)
  return {
    ...{ id, title, levels: levels.map(level => level.title) },
    agreement: agreementOf(
      pairs.map(pair => [pair]),
      levels.length,
    ),
    table: tableOf(pairs, levels.length),
  }
}
