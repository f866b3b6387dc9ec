import type { Content } from '../../authoring/assembly.ts'
import { freeze } from '../../authoring/freeze.ts'
import type { Badge } from '../badge.ts'
import { datedIn } from '../outline.ts'
import { criteriaInForce, type InForce } from './version.ts'

/** The versions of criteria that have been in force, by badge, each badge's newest last. */
export interface Rules {
  versions: ReadonlyMap<string, readonly InForce[]>
  /** How many there are: another as soon as anything comes into force. */
  stamp: number
}

/** What the database said last. Before it has been asked, the criteria in content are in force. */
let known: Rules | undefined
let made = new WeakMap<Content, Content>()
const origins = new WeakMap<Content, { written: Content; stamp: number }>()

/** Makes these the rules of this process, for whoever asks for the content from now on. */
export function learn(rules: Rules): void {
  known = rules
  made = new WeakMap()
}

/**
 * The content with the criteria that are in force in place of those that stand in its files. Whatever judges, draws or
 * writes down what a badge takes has its content from here.
 */
export function asInForce(written: Content): Content {
  if (!known) return written
  const before = made.get(written)
  if (before) return before
  const content = underRules(written, known)
  made.set(written, content)
  return content
}

/** The content under these rules. */
export function underRules(written: Content, rules: Rules): Content {
  const badges = written.badges.map(badge => badgeUnder(badge, rules.versions.get(badge.id) ?? [], written))
  const byId = new Map(badges.map(badge => [badge.id, badge]))
  const dated = datedIn(badges)
  const content = freeze({
    ...written,
    ...{ badges, badge: (id: string) => byId.get(id) },
    outline: { ...written.outline, dated },
  })
  origins.set(content, { written, stamp: rules.stamp })
  return content
}

function badgeUnder(badge: Badge, versions: readonly InForce[], { renamed }: Content): Badge {
  const criteria = criteriaInForce(versions, badge.criteria, renamed)
  return criteria ? { ...badge, criteria, version: versions.at(-1)!.number } : badge
}

/** What the content was made from, and by which rules; undefined where its own criteria are the ones that count. */
export const originOf = (content: Content) => origins.get(content)
