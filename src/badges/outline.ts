import type { TitleByAgeBand } from '../authoring/text.ts'
import type { Asking } from '../courses/completion.ts'
import { type Criterion, withParts } from './criterion.ts'

/** What the judge has to know of the content: what there is to do in a course, and what things are called. */
export type Outline = {
  readonly courses: ReadonlyMap<string, CourseOutline>
  readonly badges: ReadonlyMap<string, TitleByAgeBand>
  readonly evidenceKinds: ReadonlyMap<string, { readonly title: string; readonly plural: string }>
  /** What the checklists are called. */
  readonly checklists: ReadonlyMap<string, string>
  /** Kinds of evidence, and whether guides, of which some badge counts only the latest: their days are facts then. */
  readonly dated: { readonly evidence: readonly string[]; readonly guides: boolean }
}

export type CourseOutline = { readonly title: string; readonly modules: readonly ModuleOutline[] }

/** A module: what it takes to finish it, whether it has a reflection and a quiz, and how many replies to others it asks for. */
export type ModuleOutline = Asking & {
  readonly reflection: boolean
  readonly replies: number
  readonly quiz: boolean
}

type Described = {
  readonly courses: readonly {
    readonly id: string
    readonly title: string
    readonly modules: readonly (Asking & {
      readonly reflection: { readonly replies: number } | undefined
      readonly quiz: unknown
    })[]
  }[]
  readonly badges: readonly {
    readonly id: string
    readonly title: TitleByAgeBand
    readonly criteria: Criterion
    readonly renewal?: Criterion | undefined
  }[]
  readonly evidenceKinds: readonly { readonly id: string; readonly title: string; readonly plural: string }[]
  readonly checklists: readonly { readonly id: string; readonly title: string }[]
}

/** The outline of the content, taken once when it is read. */
export const outlineOf = ({ courses, badges, evidenceKinds, checklists }: Described): Outline => ({
  courses: new Map(
    courses.map(({ id, title, modules }) => [id, { title, modules: modules.map(outlineOfModule) }]),
  ),
  badges: new Map(badges.map(({ id, title }) => [id, title])),
  evidenceKinds: new Map(evidenceKinds.map(kind => [kind.id, kind])),
  checklists: new Map(checklists.map(({ id, title }) => [id, title])),
  dated: datedIn(badges),
})

/** What badges ask of people. */
type Asked = Pick<Described['badges'][number], 'criteria' | 'renewal'>

/** All that is asked of anybody in a badge: to be granted it, and to renew it. */
const criteriaIn = ({ criteria, renewal }: Asked) => (renewal ? [criteria, renewal] : [criteria])

/** Of which facts these badges need the days. */
export function datedIn(badges: readonly Asked[]): Outline['dated'] {
  const lately = badges
    .flatMap(criteriaIn)
    .flatMap(withParts)
    .filter(part => 'within' in part && part.within !== undefined)
  return {
    evidence: [...new Set(lately.flatMap(part => (part.kind === 'evidence' ? [part.evidence] : [])))],
    guides: lately.some(({ kind }) => kind === 'guides-completed'),
  }
}

const outlineOfModule = ({
  id,
  reflection,
  quiz,
  completion,
  guides,
}: Described['courses'][number]['modules'][number]) => ({
  ...{ id, completion, guides },
  reflection: Boolean(reflection),
  replies: reflection?.replies ?? 0,
  quiz: Boolean(quiz),
})
