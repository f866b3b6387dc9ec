import type { Content } from '../authoring/content.ts'
import type { Person } from '../people/person.ts'
import type { Badge } from './badge.ts'
import type { Standing } from './standing.ts'

export interface EvidenceGoal {
  /** The badge's id. */
  badge: string
  /** Its title, for this person. */
  title: string
  need: number
}

/** For each kind of evidence the first badge, in their order, that a person does not hold and that asks for more of it. */
export function evidenceGoals(
  content: Content,
  person: Person,
  standing: ReadonlyMap<string, Standing>,
): Map<string, EvidenceGoal> {
  const goals = new Map<string, EvidenceGoal>()
  for (const badge of content.badges.filter(({ id }) => !person.badges.includes(id)))
    for (const { evidence, need, met } of evidenceIn(standing.get(badge.id)))
      if (!met && !goals.has(evidence))
        goals.set(evidence, { badge: badge.id, title: titleFor(badge, person), need })
  return goals
}

function evidenceIn(standing: Standing | undefined): Extract<Standing, { kind: 'evidence' }>[] {
  if (!standing) return []
  if ('criteria' in standing) return standing.criteria.flatMap(evidenceIn)
  return standing.kind === 'evidence' ? [standing] : []
}

const titleFor = ({ title }: Badge, { ageBand }: Person) => title[ageBand]
