import type { Content } from '../authoring/content.ts'
import type { Right } from '../people/person.ts'

/** What the site itself lets the holders of a badge do, in words. */
export const rightWords: Record<Right, string> = { grade: 'Grading reflections here, at the desk' }

/** Something that is open to a person: a right on this site, or a room of the chat platform. */
export interface Unlock {
  kind: 'right' | 'room'
  id: string
  title: string
  /** The badges of theirs that open it. */
  badges: string[]
}

/** What badges open together: rights first, then rooms, in the order of the badges; each thing once. */
export function unlocksOf(content: Content, held: readonly string[]): Unlock[] {
  const badges = content.badges.filter(({ id }) => held.includes(id))
  const rights = badges.flatMap(badge =>
    badge.unlocks.map(id => ({ kind: 'right' as const, id, title: rightWords[id], badge: badge.id })),
  )
  const rooms = badges.flatMap(badge =>
    badge.rooms.map(({ id, title }) => ({ kind: 'room' as const, id, title, badge: badge.id })),
  )
  const once = new Map<string, Unlock>()
  for (const { badge, ...thing } of [...rights, ...rooms]) {
    const known = once.get(nameOf(thing))
    if (known) known.badges.push(badge)
    else once.set(nameOf(thing), { ...thing, badges: [badge] })
  }
  return [...once.values()]
}

const nameOf = ({ kind, id }: Pick<Unlock, 'kind' | 'id'>) => `${kind}:${id}`

/** What has become open between two moments, and what has not any more; as events say it. */
export function changeOf(before: readonly Unlock[], now: readonly Unlock[]) {
  const bare = (all: readonly Unlock[]) => all.map(({ kind, id }) => ({ kind, id }))
  const without = (all: readonly Unlock[], others: readonly Unlock[]) => {
    const names = new Set(others.map(nameOf))
    return all.filter(one => !names.has(nameOf(one)))
  }
  return { now: bare(now), gained: bare(without(now, before)), lost: bare(without(before, now)) }
}

/** Every room that some badge opens, with those badges; each room once. */
export function roomsOf(content: Content): { id: string; title: string; badges: string[] }[] {
  const all = content.badges.map(({ id }) => id)
  return unlocksOf(content, all)
    .filter(({ kind }) => kind === 'room')
    .map(({ id, title, badges }) => ({ id, title, badges }))
}
