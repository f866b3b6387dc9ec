import type { Content } from '../authoring/content.ts'
import type { Badge } from './badge.ts'
import type { HeldCertificate } from './certificates.ts'
import { progress, type Standing } from './standing.ts'
import type { PathStep } from './trellis.ts'

interface Walker {
  ageBand: 'adult' | 'teen'
  badges: readonly string[]
}

/**
 * The path as one person stands on it, or as anybody sees it: held, near when all that it stands on is held, far
 * otherwise; lapsed when it was held until its time was over.
 */
export function pathSteps(
  content: Content,
  person: Walker | null,
  standings: ReadonlyMap<string, Standing>,
  certificates: readonly HeldCertificate[],
): PathStep[] {
  return content.badges.map(badge => ({
    ...{ badge: badge.id, emblem: badge.emblem, tint: badge.tint, after: badge.after },
    title: badge.title[person?.ageBand ?? 'adult'],
    href: `/path/${badge.id}`,
    state: stateOf(badge, person, certificates),
    progress: standings.get(badge.id) ?? null,
  }))
}

function stateOf(
  badge: Badge,
  person: Walker | null,
  certificates: readonly HeldCertificate[],
): PathStep['state'] {
  if (person?.badges.includes(badge.id)) return 'held'
  const last = certificates.find(one => one.badge === badge.id)
  if (last?.validity === 'lapsed') return 'lapsed'
  return isNext(badge, person) ? 'near' : 'far'
}

const isNext = (badge: Badge, person: Walker | null) =>
  badge.after.every(id => person?.badges.includes(id) ?? false)

/** The badge to work towards: of those whose turn it is, the one that is furthest along. Undefined when all are held. */
export function nearestBadge(
  content: Content,
  person: Walker,
  standings: ReadonlyMap<string, Standing>,
): { badge: Badge; standing: Standing } | undefined {
  return content.badges
    .filter(badge => !person.badges.includes(badge.id) && isNext(badge, person))
    .flatMap(badge => {
      const standing = standings.get(badge.id)
      return standing ? [{ badge, standing }] : []
    })
    .reduce<{ badge: Badge; standing: Standing } | undefined>(
      (best, one) => (best === undefined || along(one.standing) > along(best.standing) ? one : best),
      undefined,
    )
}

/** How far along the whole of it is, from 0 to 1. */
function along(standing: Standing): number {
  if (standing.kind === 'any') return Math.max(...standing.criteria.map(along))
  if (standing.kind !== 'all') return progress(standing)
  return standing.criteria.reduce((sum, part) => sum + along(part), 0) / standing.criteria.length
}
