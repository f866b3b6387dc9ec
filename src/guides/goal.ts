import { amountFor } from '../badges/criteria.ts'
import type { Criterion } from '../badges/criterion.ts'
import type { Content } from '../authoring/content.ts'
import type { Person } from '../people/person.ts'

type Who = Pick<Person, 'kind' | 'ageBand' | 'badges'>

/** How many guides somebody may aim for, and the badge that asks for them; null where it is all there are. */
export type GuidesGoal = { readonly need: number; readonly badge: string | null }

/**
 * How many guides a person may aim for: as many as the next badge on the path asks for that asks for any; all there
 * are where none does, or once that is reached.
 */
export function guidesGoal(content: Content, person: Who, completed: number): GuidesGoal {
  const [wanted] = content.badges
    .filter(({ id }) => !person.badges.includes(id))
    .flatMap(({ title, criteria }) => {
      const need = guidesIn(criteria, person)
      return need === undefined ? [] : [{ need, badge: title[person.ageBand] }]
    })
  return wanted && completed < wanted.need ? wanted : { need: content.guides.length, badge: null }
}

function guidesIn(criterion: Criterion, person: Who): number | undefined {
  switch (criterion.kind) {
    case 'guides-completed':
      return amountFor(criterion.count, person)
    case 'all':
    case 'any':
    case 'at-least':
      return criterion.criteria.map(part => guidesIn(part, person)).find(count => count !== undefined)
    case 'by-kind':
      return guidesIn(criterion[person.kind], person)
    case 'by-age-band':
      return guidesIn(criterion[person.ageBand], person)
    case 'by-track':
      return criterion.tracks
        .map(track => guidesIn(track.criterion, person))
        .find(count => count !== undefined)
    case 'or-earlier':
      return guidesIn(criterion.now, person)
    default:
      return undefined
  }
}
