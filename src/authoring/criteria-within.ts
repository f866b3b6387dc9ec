import { type Criterion, partsOf } from '../badges/criterion.ts'
import type { Path } from './written.ts'

/** A criterion and all within it, each with where it stands in the file. */
export function* within(criterion: Criterion, at: Path): Iterable<[Criterion, Path]> {
  const path = [...at, criterion.kind]
  yield [criterion, path]
  for (const [part, where] of partsOf(criterion)) yield* within(part, [...path, ...where])
}

/** The courses that a criterion speaks of, each with where it does. */
export function* coursesIn(criterion: Criterion | undefined, at: Path): Iterable<[string, Path]> {
  for (const [part, path] of criterion ? within(criterion, at) : [])
    if ('course' in part && part.course !== undefined) yield [part.course, [...path, 'course']]
}
