import type { Content } from '../authoring/content.ts'
import type { Badge } from './badge.ts'
import type { HeldCertificate } from './certificates.ts'
import type { Standing } from './standing.ts'
import type { PathStep } from './trellis.ts'

interface Walker {
  ageBand: 'adult' | 'teen'
  badges: readonly string[]
}

/**
 * The path as one person stands on it, or as anybody sees it: held, near when all that it stands on is held, far
 * otherwise; suspended while it is, and lapsed when it was held until its time was over.
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
  if (last?.validity === 'lapsed' || last?.validity === 'suspended') return last.validity
  return isNext(badge, person) ? 'near' : 'far'
}

const isNext = (badge: Badge, person: Walker | null) =>
  badge.after.every(id => person?.badges.includes(id) ?? false)

/**
 * The badge to work towards: the first in order of those whose turn it is, suspended ones left out: they are not earned
 * again. Undefined when there is none.
 */
export const nearestBadge = (
  content: Content,
  person: Walker,
  certificates: readonly HeldCertificate[] = [],
): Badge | undefined =>
  content.badges.find(
    badge =>
      isNext(badge, person) && ['near', 'far', 'lapsed'].includes(stateOf(badge, person, certificates)),
  )
