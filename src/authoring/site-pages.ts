/** The pages of the site to which a lesson may lead, beside courses, modules, guides and badges; `tests/` keeps it true. */
export const sitePages: ReadonlySet<string> = new Set([
  '/',
  '/account',
  '/account/copy',
  '/account/erasure',
  '/boards',
  '/courses',
  '/guides',
  '/helplines',
  '/new',
  '/path',
  '/practice',
  '/practice/beside',
  '/recall',
  '/record',
  '/reports',
  '/search',
  '/sign-in',
  '/sign-up',
  '/verify',
  '/desk',
])

/** What one can be led to on the page of a module or a guide, beside its headings. */
export const partsOf = {
  module: ['read', 'reflection', 'discussion', 'work'],
  guide: ['check'],
  course: ['modules', 'progress'],
} as const
