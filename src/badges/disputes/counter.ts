import { type Leaf, leavesOf, type Standing } from '../standing.ts'

/** Something of a person that is counted towards badges, and that they may contest. */
export type Counter =
  | { readonly kind: 'evidence' | 'supervised-hours'; readonly evidence: string }
  | { readonly kind: 'assessed'; readonly checklist: string }
  | { readonly kind: 'guides-completed' | 'weeks-since-joining' }
  | { readonly kind: 'modules-read' | 'course-complete'; readonly course: string }
  | { readonly kind: 'reflections-passed' | 'quizzes-passed' | 'replied'; readonly course: string | null }
  | { readonly kind: 'weeks-holding'; readonly badge: string }

/** What a leaf counts; undefined for what is decided by people rather than counted. */
export function counterOf(leaf: Leaf): Counter | undefined {
  switch (leaf.kind) {
    case 'evidence':
    case 'supervised-hours':
      return { kind: leaf.kind, evidence: leaf.evidence }
    case 'assessed':
      return { kind: leaf.kind, checklist: leaf.checklist }
    case 'guides-completed':
    case 'weeks-since-joining':
      return { kind: leaf.kind }
    case 'modules-read':
    case 'course-complete':
      return { kind: leaf.kind, course: leaf.course }
    case 'reflections-passed':
    case 'quizzes-passed':
    case 'replied':
      return { kind: leaf.kind, course: leaf.course }
    case 'weeks-holding':
      return { kind: leaf.kind, badge: leaf.badge }
    default:
      return undefined
  }
}

/** As a row of `dispute` has it. */
export const columnsOf = (counter: Counter) => ({
  counter: counter.kind,
  course: 'course' in counter ? counter.course : null,
  of: ofWhat(counter),
})

function ofWhat(counter: Counter): string | null {
  if ('evidence' in counter) return counter.evidence
  if ('checklist' in counter) return counter.checklist
  return 'badge' in counter ? counter.badge : null
}

type Columns = { counter: string; course: string | null; of: string | null }

/** The name of a counter in addresses and forms: `evidence:group_chat`, `guides-completed`. */
export const keyOf = ({ counter, course, of }: Columns): string => {
  const what = course ?? of
  return what === null ? counter : `${counter}:${what}`
}

/** The key of what a leaf counts. */
export function keyOfLeaf(leaf: Leaf): string | undefined {
  const counter = counterOf(leaf)
  return counter && keyOf(columnsOf(counter))
}

/** A criterion of a badge with what it counts. */
export interface Counted {
  leaf: Leaf
  counter: Counter
}

/** The criterion in a standing that counts what a key names; undefined where there is none. */
export function countedBy(standing: Standing, key: string): Counted | undefined {
  for (const leaf of leavesOf(standing)) {
    const counter = counterOf(leaf)
    if (counter && keyOf(columnsOf(counter)) === key) return { leaf, counter }
  }
  return undefined
}
