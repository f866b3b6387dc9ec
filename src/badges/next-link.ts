import type { Content } from '../authoring/content.ts'
import type { Leaf } from './standing.ts'

/** Where a person goes to work on a criterion, and the words of the link; undefined for what only takes time. */
export function nextLink(leaf: Leaf, content: Content): { href: string; words: string } | undefined {
  switch (leaf.kind) {
    case 'course-complete':
    case 'modules-read':
    case 'reflections-passed':
    case 'quizzes-passed':
    case 'replied': {
      const course = leaf.course === null ? undefined : content.course(leaf.course)
      return course
        ? { href: `/courses/${course.id}`, words: `Go on with ${course.title}` }
        : { href: '/courses', words: 'See the courses' }
    }
    case 'guides-completed':
      return { href: '/guides', words: 'Read a guide' }
    case 'evidence': {
      const kind = content.evidenceKind(leaf.evidence)
      return kind?.selfLogged ? { href: '/practice', words: `Log a ${kind.title}` } : undefined
    }
    case 'supervised-hours':
      return { href: '/practice', words: 'Log practice with somebody beside you' }
    case 'assessed':
      return { href: `/practice/checklists/${leaf.checklist}`, words: 'See what is looked at' }
    case 'track':
      return { href: `/path/${leaf.badge}#track`, words: 'Choose your track' }
    case 'application':
      return { href: `/path/${leaf.badge}#application`, words: 'Write your application' }
    case 'endorsements':
      return { href: `/path/${leaf.badge}#endorsements`, words: 'See who can endorse you' }
    case 'holds':
    case 'weeks-holding':
      // Weeks that have begun pass by themselves.
      return leaf.metFrom === null
        ? { href: `/path/${leaf.badge}`, words: 'See that badge first' }
        : undefined
    case 'weeks-since-joining':
    case 'not':
      return undefined
  }
}
