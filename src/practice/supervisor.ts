import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { Invalid } from '../errors.ts'
import { findPerson } from '../people/load-person.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'

/** A piece of practice, with the handle of whoever stood by and for how long; neither where nobody did. */
interface Named {
  kind: string
  supervisor?: string | undefined
  minutes?: number | null | undefined
}

/**
 * Who stood by at a piece of practice, as the person names them; null where they name nobody.
 * @throws Invalid for whoever may not: they hold none of the badges that the kind asks for, are nobody, or oneself; and
 *         where one of the two, who and how long, is missing
 */
export async function supervisorNamed(
  tx: Tx,
  content: Content,
  person: { id: number },
  { kind, supervisor = '', minutes = null }: Named,
): Promise<Person | null> {
  if (supervisor === '' && minutes === null) return null
  const badges = content.evidenceKind(kind)?.supervisedBy ?? []
  if (badges.length === 0)
    throw new Invalid({ supervisor: 'Hours are not counted for this. Please leave these two empty.' })
  if (supervisor === '') throw new Invalid({ supervisor: 'Please say who was beside you.' })
  if (minutes === null) throw new Invalid({ minutes: 'Please say how long it took, in minutes.' })
  const beside = await findPerson(tx, { handle: supervisor })
  if (!beside) throw new Invalid({ supervisor: 'Nobody has this handle.' })
  if (beside.id === person.id) throw new Invalid({ supervisor: 'Nobody stands by their own practice.' })
  if (!badges.some(badge => beside.badges.includes(badge)))
    throw new Invalid({
      supervisor: `@${beside.handle} holds none of the badges for this: ${badges.map(id => content.badge(id)?.title.adult ?? id).join(' or ')}.`,
    })
  return beside
}

/** Asks whoever stood by for their word. */
export const tellSupervisor = (tx: Tx, content: Content, person: Person, beside: Person, kind: string) =>
  notify(tx, beside.id, {
    ...{ kind: 'evidence_beside', by: person, href: '/practice/beside' },
    summary: `@${person.handle} says that you were beside them at a ${content.evidenceKind(kind)?.title ?? kind}. Were you?`,
  })
