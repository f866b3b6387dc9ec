import type { Content } from '../../authoring/content.ts'
import type { Person } from '../../people/person.ts'
import type { View } from '../links.ts'
import { canModerate, canReply, canTakePart, type Place } from '../policy.ts'
import type { Reader } from './posts-html.ts'

type Where = {
  place: Place
  closed: boolean
  /** The page on which the discussion stands. */
  page: string
  view: View
  states?: Reader['states']
  news?: Reader['news']
}

/** Who reads a discussion, and what they may do there. */
export const readerOf = (
  person: Person,
  content: Content,
  { place, closed, page, view, states = null, news = null }: Where,
): Reader => ({
  personId: person.id,
  timeZone: person.timeZone,
  now: new Date(),
  ...{ page, view, states, news },
  cohortId: place.cohortId,
  canReply: canReply(person, { place, closed }),
  canReact: canTakePart(person, place),
  moderates: canModerate(person, place),
  choices: content.discussions.reactions,
})
