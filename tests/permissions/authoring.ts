import { all, type RouteRow, signedIn } from './row.ts'

/** For those who write and teach; to others it is not there. */
const forAuthors = signedIn(404, { otherMentor: 200, mentor: 200, admin: 200 })

export const routeRows: Record<string, RouteRow> = {
  '/authoring': { path: '/authoring', answers: forAuthors },
  '/authoring/questions': { path: '/authoring/questions', answers: forAuthors },
  '/authoring/badges': { path: '/authoring/badges', answers: forAuthors },
  '/authoring/fields': { path: '/authoring/fields', answers: forAuthors },
  // Of a picture that is there, see tests/authoring/drafts-site.test.ts.
  '/pictures/[picture]': { path: '/pictures/nothing.0123456789abcdef.png', answers: all(404) },
}
