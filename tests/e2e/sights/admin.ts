import { first, linkOn, openAll, press, returned, type Sight } from './sight.ts'

/** The administration. */
export const admin: Sight[] = [
  { route: '/admin', name: 'what waits', as: 'demo-admin', path: '/admin' },
  { route: '/admin/audit', name: 'the latest', as: 'demo-admin', path: '/admin/audit' },
  { route: '/admin/cohorts', name: 'all', as: 'demo-admin', path: '/admin/cohorts' },
  {
    ...{ route: '/admin/cohorts', name: 'refused', as: 'demo-admin', path: '/admin/cohorts' },
    then: press('Add the cohort'),
  },
  {
    ...{ route: '/admin/cohorts/[cohort]', name: 'one', as: 'demo-admin' },
    path: linkOn('/admin/cohorts', 'main a:has-text("Summer evenings")'),
  },
  {
    ...{ route: '/admin/cohorts/[cohort]', name: 'dates refused', as: 'demo-admin' },
    path: linkOn('/admin/cohorts', 'main a:has-text("Founders")'),
    then: async page => {
      await page.locator('[name="reflection.escalation"]').fill('2020-01-01')
      await press('Save the dates')(page)
      await page.getByText('This day comes before the cohort begins.').first().waitFor()
    },
  },
  { route: '/admin/invitations', name: 'two open', as: 'demo-admin', path: '/admin/invitations' },
  { route: '/admin/people', name: 'all', as: 'demo-admin', path: '/admin/people' },
  {
    ...{ route: '/admin/people', name: 'nobody found', as: 'demo-admin' },
    path: '/admin/people?q=nobody-of-this-name',
  },
  {
    ...{ route: '/admin/people/[handle]', name: 'with a long name', as: 'demo-admin' },
    ...{ path: '/admin/people/maxi', then: openAll },
  },
  { route: '/admin/people/[handle]', name: 'suspended', as: 'demo-admin', path: '/admin/people/wolf' },
  {
    ...{ route: '/admin/people/[handle]/badges/[badge]', name: 'held', as: 'demo-admin' },
    ...{ path: '/admin/people/demo-mentor/badges/moderator', then: openAll },
  },
  {
    ...{ route: '/admin/people/[handle]/badges/[badge]', name: 'suspended', as: 'demo-admin' },
    path: '/admin/people/sunniva/badges/mentor',
  },
  {
    ...{ route: '/admin/people/[handle]/badges/[badge]', name: 'revoked', as: 'demo-admin' },
    path: '/admin/people/ines/badges/moderator',
  },
  { route: '/admin/quizzes', name: 'all', as: 'demo-admin', path: '/admin/quizzes' },
  {
    route: '/admin/quizzes',
    name: 'of the guides, as a mentor',
    as: 'demo-mentor',
    path: '/admin/quizzes?of=guides',
  },
  {
    ...{ route: '/admin/quizzes/[...quiz]', name: 'of a module', as: 'demo-admin' },
    ...{ path: `/admin/quizzes${first.replace('/courses', '')}`, then: openAll },
  },
  {
    ...{ route: '/admin/quizzes/[...quiz]', name: 'of a guide, all tries', as: 'demo-mentor' },
    path: '/admin/quizzes/guides/welcoming-someone-new?tries=all',
  },
  {
    ...{ route: '/admin/quizzes/[...quiz]', name: 'too few to say', as: 'demo-admin' },
    ...{ path: '/admin/quizzes/moderator-training/ground-rules-and-warnings', then: openAll },
  },
  { route: '/admin/queue', name: 'several', as: 'demo-admin', path: '/admin/queue' },
  {
    ...{ route: '/admin/queue/[handle]/[badge]', name: 'to decide', as: 'demo-admin' },
    ...{ path: '/admin/queue/leyla/moderator', then: openAll },
  },
  { route: '/admin/rules', name: 'one waits', as: 'demo-admin', path: '/admin/rules' },
  { route: '/admin/rules/[badge]', name: 'a change', as: 'demo-admin', path: '/admin/rules/on-spot-host' },
  {
    ...{ route: '/admin/rules/[badge]', name: 'refused', as: 'demo-admin' },
    ...{ path: '/admin/rules/on-spot-host?who=near', then: press('Put into force') },
  },
  { route: '/admin/rules/[badge]', name: 'nothing waits', as: 'demo-admin', path: '/admin/rules/mentor' },
  {
    ...{
      route: '/admin/queue/[handle]/[badge]',
      name: 'an override that wants a second admin',
      as: 'demo-admin',
    },
    ...{ path: '/admin/queue/rosalind/moderator', then: openAll },
  },
  {
    ...{ route: '/admin/queue/[handle]/[badge]', name: 'an appeal', as: 'demo-admin' },
    ...{ path: '/admin/queue/gwen/moderator', then: openAll },
  },
  {
    ...{ route: '/admin/queue/[handle]/[badge]', name: 'criteria not met', as: 'demo-admin' },
    ...{ path: '/admin/queue/maxi/mentor', then: openAll },
  },
  {
    ...{ route: '/admin/queue/together', name: 'several chosen', as: 'demo-admin' },
    path: async page => {
      await page.goto('/admin/queue')
      const names = await page
        .locator('[name=who]')
        .evaluateAll(boxes => boxes.map(box => (box as HTMLInputElement).value))
      return `/admin/queue/together?${new URLSearchParams(names.map(name => ['who', name]))}&who=999.mentor`
    },
  },
  { route: '/admin/queue/together', name: 'nobody chosen', as: 'demo-admin', path: '/admin/queue/together' },
  { route: '/admin/disputes', name: 'one', as: 'demo-admin', path: '/admin/disputes' },
  { route: '/admin/disputes', name: 'answered', as: 'demo-admin', path: '/admin/disputes?show=answered' },
  {
    ...{ route: '/admin/disputes/[dispute]', name: 'nothing chosen', as: 'demo-admin' },
    ...{ path: linkOn('/admin/disputes', 'main table a[href*="/disputes/"]'), then: press('Answer') },
  },
  {
    ...{ route: '/admin/people/[handle]/standing/[badge]', name: 'a month ago', as: 'demo-admin' },
    path: linkOn('/admin/people/hazel/standing/mentor', '.quick-days a:has-text("month")'),
  },
  {
    ...{ route: '/admin/record', name: 'verified', as: 'demo-admin' },
    ...{ path: '/admin/record?check=1', then: openAll },
  },
  {
    ...{ route: '/admin/re-marking/[...quiz]', name: 'nothing to do', as: 'demo-admin' },
    path: `/admin/re-marking/${returned.replace('/courses/', '')}`,
  },
  { route: '/admin/tokens', name: 'three', as: 'demo-admin', path: '/admin/tokens' },
  {
    ...{ route: '/admin/tokens', name: 'nothing chosen', as: 'demo-admin', path: '/admin/tokens' },
    then: press('Make a token'),
  },
  { route: '/admin/webhooks', name: 'one', as: 'demo-admin', path: '/admin/webhooks' },
  {
    ...{ route: '/admin/webhooks', name: 'refused', as: 'demo-admin', path: '/admin/webhooks' },
    then: press('Add it'),
  },
  {
    ...{ route: '/admin/webhooks/[endpoint]', name: 'its log, all folded open', as: 'demo-admin' },
    ...{ path: linkOn('/admin/webhooks', 'main table a'), then: openAll },
  },
  {
    ...{ route: '/admin/webhooks/[endpoint]', name: 'nothing waiting', as: 'demo-admin' },
    path: async page => `${await linkOn('/admin/webhooks', 'main table a')(page)}?show=waiting`,
  },
]
