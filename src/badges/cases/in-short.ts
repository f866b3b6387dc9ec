import { criteriaOf, type Standing } from '../standing.ts'

/** What somebody's standing rests on, in a few words each: what is met, with how much of it there is. */
export const inShort = (standing: Standing): string[] => criteriaOf(standing).flatMap(metIn)

function metIn(standing: Standing): string[] {
  if (!standing.met) return []
  if ('criteria' in standing) return standing.criteria.flatMap(metIn)
  return [standing.have > standing.need ? `${standing.label} (${standing.have})` : standing.label]
}
