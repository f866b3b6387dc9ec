import type { Criterion } from '../badges/criterion.ts'
import type { Path } from './written.ts'

/** A criterion and all within it, each with where it stands in the file. */
export function* within(criterion: Criterion, at: Path): Iterable<[Criterion, Path]> {
  const path = [...at, criterion.kind]
  yield [criterion, path]
  switch (criterion.kind) {
    case 'all':
    case 'any':
      for (const [index, part] of criterion.criteria.entries()) yield* within(part, [...path, index])
      return
    case 'by-kind':
      yield* within(criterion.listener, [...path, 'listener'])
      yield* within(criterion.member, [...path, 'member'])
      return
    case 'by-age-band':
      yield* within(criterion.adult, [...path, 'adult'])
      yield* within(criterion.teen, [...path, 'teen'])
  }
}

/** The courses that a criterion speaks of, each with where it does. */
export function* coursesIn(criterion: Criterion | undefined): Iterable<[string, Path]> {
  for (const [part, path] of criterion ? within(criterion, ['criteria']) : [])
    if ('course' in part && part.course !== undefined) yield [part.course, [...path, 'course']]
}
