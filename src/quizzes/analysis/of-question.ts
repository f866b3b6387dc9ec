import type { FrozenQuestion } from '../marking.ts'
import { itemRest, pointBiserial } from './correlation.ts'
import { discriminationIndex } from './discrimination.ts'
import { type Drew, drewOf } from './drew.ts'
import type { Figure } from './enough.ts'
import { facility } from './facility.ts'
import { type Quartiles, quartiles } from './quartiles.ts'
import type { Seen } from './seen.ts'
import { wordingOf } from './wording.ts'

/** A time in seconds, with how many it was measured for. */
export interface Times {
  people: number
  quartiles: Quartiles | null
}

export const timesOf = (seconds: readonly number[]): Times => ({
  people: seconds.length,
  quartiles: quartiles(seconds),
})

/** What the tries say of one question, as it stands now. */
export interface QuestionAnalysis {
  question: FrozenQuestion
  /** How many were asked it as it stands. */
  people: number
  /** How many were asked it in earlier words, or with another key: they are left out. */
  otherWording: number
  facility: Figure
  /** D, of the upper and the lower 27 per cent. */
  discrimination: Figure
  itemRest: Figure
  pointBiserial: Figure
  seconds: Times
  drew: Drew
}

export function ofQuestion(question: FrozenQuestion, asked: readonly Seen[]): QuestionAnalysis {
  const wording = wordingOf(question)
  const seen = asked.filter(one => wordingOf(one.question) === wording)
  const people = seen.length
  return {
    ...{ question, people, otherWording: asked.length - people },
    facility: { value: facility(seen.map(({ share }) => share)), people },
    discrimination: { value: discriminationIndex(seen), people },
    itemRest: { value: itemRest(seen), people: seen.filter(({ rest }) => rest !== null).length },
    pointBiserial: { value: pointBiserial(seen), people },
    seconds: timesOf(seen.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]))),
    drew: drewOf(question, seen),
  }
}
