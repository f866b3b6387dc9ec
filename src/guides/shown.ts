import { type Guide, type Level, levels, type Topic, topics } from './guide.ts'
import type { OwnGuides } from './own-guides.ts'

/** What of one's own guides a list can be kept to. */
export const states = ['to do', 'done', 'bookmarked'] as const
export type State = (typeof states)[number]

/** What an address asks of the list of guides; undefined where it keeps to nothing. */
export type Asked = {
  readonly topic: Topic | undefined
  readonly level: Level | undefined
  readonly state: State | undefined
}

/** A word as it stands in an address. */
export const inAddress = (word: string): string => word.toLowerCase().replaceAll(' ', '-')

/** What an address asks for; what makes no sense is not asked. */
export function askedBy(query: URLSearchParams): Asked {
  const one = <T extends string>(name: string, known: readonly T[]) =>
    known.find(word => inAddress(word) === query.get(name))
  return { topic: one('topic', topics), level: one('level', levels), state: one('show', states) }
}

/** The guides that an address asks for, in the order of the list. */
export const shownBy = (
  guides: readonly Guide[],
  { topic, level, state }: Asked,
  { completed, bookmarks }: OwnGuides,
): Guide[] => {
  const fits: Record<State, (id: string) => boolean> = {
    'to do': id => !completed.has(id),
    done: id => completed.has(id),
    bookmarked: id => bookmarks.has(id),
  }
  return guides.filter(
    guide =>
      (topic === undefined || guide.topic === topic) &&
      (level === undefined || guide.level === level) &&
      (state === undefined || fits[state](guide.id)),
  )
}
