import type { IconName } from './icons.ts'

/** The parts of the site that the navigation names. */
export type Section = 'home' | 'courses' | 'guides' | 'path' | 'boards' | 'desk' | 'admin'

export interface Place {
  section: Section | 'sign-in'
  href: string
  title: string
  icon: IconName
}

const home: Place = { section: 'home', href: '/', title: 'Home', icon: 'house' }
const courses: Place = { section: 'courses', href: '/courses', title: 'Courses', icon: 'book-open' }
const guides: Place = { section: 'guides', href: '/guides', title: 'Guides', icon: 'life-buoy' }
const path: Place = { section: 'path', href: '/path', title: 'Path', icon: 'sprout' }
const boards: Place = { section: 'boards', href: '/boards', title: 'Boards', icon: 'messages' }
const desk: Place = { section: 'desk', href: '/desk', title: 'Desk', icon: 'inbox' }
const admin: Place = { section: 'admin', href: '/admin', title: 'Admin', icon: 'settings' }
const signIn: Place = { section: 'sign-in', href: '/sign-in', title: 'Sign in', icon: 'log-in' }

/**
 * The places in the navigation of this person, five at most: a bar on a phone holds no more within a thumb's reach.
 * Whoever has a desk or the administration finds the guides, and at last the path, in the foot of the page and at home.
 */
export function placesFor(
  person: { rights: { grade: boolean; admin: boolean } } | null | undefined,
): Place[] {
  if (!person) return [courses, guides, path, signIn]
  const { grade, admin: administers } = person.rights
  if (grade && administers) return [home, courses, boards, desk, admin]
  if (grade) return [home, courses, path, boards, desk]
  if (administers) return [home, courses, path, boards, admin]
  return [home, courses, guides, path, boards]
}
