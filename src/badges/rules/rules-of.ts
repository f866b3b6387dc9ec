import canonicalize from 'canonicalize'
import { milliseconds } from '../../authoring/duration.ts'
import type { Criterion } from '../criterion.ts'

/**
 * A criterion as a text without what is only words (labels, titles of tracks, what applicants are asked), and without
 * the order in which its author wrote it down: the same rules, the same text (canonical JSON, RFC 8785).
 */
export const rulesOf = (criterion: Criterion): string => canonicalize(bare(criterion)) ?? ''

export const sameRules = (one: Criterion, other: Criterion): boolean => rulesOf(one) === rulesOf(other)

function bare(criterion: Criterion): unknown {
  switch (criterion.kind) {
    case 'all':
    case 'any':
      return { kind: criterion.kind, criteria: criterion.criteria.map(rulesOf).toSorted() }
    case 'at-least':
      return {
        kind: criterion.kind,
        count: criterion.count,
        criteria: criterion.criteria.map(rulesOf).toSorted(),
      }
    case 'not':
      return { kind: criterion.kind, criterion: rulesOf(criterion.criterion) }
    case 'by-kind':
      return {
        kind: criterion.kind,
        listener: rulesOf(criterion.listener),
        member: rulesOf(criterion.member),
      }
    case 'by-age-band':
      return { kind: criterion.kind, adult: rulesOf(criterion.adult), teen: rulesOf(criterion.teen) }
    case 'by-track': {
      const tracks = criterion.tracks.map(({ id, criterion: branch }) => [id, rulesOf(branch)])
      return { kind: criterion.kind, for: criterion.for, tracks: Object.fromEntries(tracks) as unknown }
    }
    case 'application':
      return { kind: criterion.kind, for: criterion.for }
    case 'endorsements':
      return { ...withoutLabel(criterion), by: criterion.by.toSorted() }
    default:
      return 'within' in criterion && criterion.within
        ? { ...withoutLabel(criterion), within: milliseconds(criterion.within) }
        : withoutLabel(criterion)
  }
}

function withoutLabel<C extends Criterion>({ label: _, ...rest }: C): Omit<C, 'label'> {
  return rest
}
