import type { Page } from '@playwright/test'
import { content } from '../../src/authoring/content.ts'
import { answeredAt } from '../../src/quizzes/recall/addresses.ts'
import type { Role } from '../support/shared-site.ts'

/** A page of the demonstration in one of its states. */
export interface Sight {
  /** As in `src/pages`. */
  route: string
  /** What is to be seen there, in a few words. */
  name: string
  as: Role | null
  /** The address, or how to find it. */
  path: string | ((page: Page) => Promise<string>)
  /** What is done there before one looks. */
  then?: (page: Page) => Promise<unknown>
  /** The answer is not 200. */
  status?: number
}

/** The address behind the first link that fits, on a page. */
const linkOn = (path: string, selector: string) => async (page: Page) => {
  await page.goto(path)
  // As the browser resolves it: some links on a page name only what differs.
  return page
    .locator(selector)
    .first()
    .evaluate(link => (link as HTMLAnchorElement).href)
}

/** A topic on the community's board. */
const topicCalled = (title: string) => linkOn('/boards/community', `main a:has-text("${title}")`)

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

const openAll = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

/** A question of the first quiz that was gone over before. */
async function answeredBefore(page: Page): Promise<string> {
  const quiz = first.replace('/courses/', '')
  for (const { id } of content().quiz(quiz)?.questions ?? []) {
    const path = answeredAt({ quiz, question: id })
    await page.goto(path)
    if (page.url().endsWith(path)) return path
  }
  throw new Error('The demonstration has gone over no question.')
}

/** Sends a form whose session has ended, as a browser without JavaScript would. */
async function postLate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const words = Object.assign(document.createElement('textarea'), {
      name: 'displayName',
      value: 'A new name',
    })
    const action = '/account?_action=people.changeProfile'
    const form = Object.assign(document.createElement('form'), { method: 'POST', action })
    form.append(words)
    document.body.append(form)
    form.submit()
  })
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
}

/** The code of a certificate that the demonstration's mentor holds. */
async function demoCode(page: Page): Promise<string> {
  const address = await linkOn('/path/mentor', 'main a[href*="/certificates/"]')(page)
  return address.slice(-22)
}

/** Its credential, as it is downloaded. */
async function credentialOf(page: Page): Promise<string> {
  const answer = await page.request.get(`/certificates/${await demoCode(page)}/credential.json`)
  await page.goto('/verify')
  return answer.text()
}

const foreignBadge = JSON.stringify({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: `did:web:${'elsewhere.'.repeat(30)}example`, name: `مجتمع الدعم 🌱${'W'.repeat(2000)}` },
  validFrom: '2020-01-01T00:00:00Z',
  credentialSubject: { achievement: { name: 'N'.repeat(2000), description: 'Long words '.repeat(300) } },
})

/** Has a text checked as a file. */
async function bring(page: Page, text: string): Promise<void> {
  const file = { name: 'certificate.json', mimeType: 'application/json', buffer: Buffer.from(text) }
  await page.getByLabel('Or a file').setInputFiles(file)
  await press('Check it')(page)
}

const introduction = '/courses/introduction-to-group-support'
const first = `${introduction}/what-group-support-is`
const globalCalibration = '/desk/calibration/global-mod-training'
const returned = `${introduction}/facilitating-not-directing`
const quiz = `${returned}/quiz`

export const sights: Sight[] = [
  { route: '/', name: 'for a guest', as: null, path: '/' },
  { route: '/', name: 'for a trainee', as: 'demo-trainee', path: '/' },
  { route: '/', name: 'for somebody new', as: 'demo-new', path: '/' },
  { route: '/', name: 'for a mentor', as: 'demo-mentor', path: '/' },
  { route: '/404', name: 'nothing there', as: null, path: '/nowhere', status: 404 },
  { route: '/account', name: 'one’s own', as: 'demo-trainee', path: '/account' },
  { route: '/account/copy', name: 'before the password', as: 'demo-trainee', path: '/account/copy' },
  {
    ...{ route: '/account/copy', name: 'ready', as: 'demo-mentor', path: '/account/copy' },
    then: async page => {
      if (await page.getByRole('button', { name: 'Make the file' }).isVisible()) {
        await page.getByRole('textbox', { name: 'Your password' }).fill('trellis-demo')
        await press('Make the file')(page)
      }
      await page.getByRole('link', { name: 'Download the file' }).waitFor()
    },
  },
  { route: '/account/erasure', name: 'before one chooses', as: 'demo-trainee', path: '/account/erasure' },
  {
    ...{ route: '/account/erasure', name: 'refused', as: 'demo-mentor', path: '/account/erasure' },
    then: press(/^Erase my account/),
  },
  {
    ...{ route: '/account', name: 'refused', as: 'demo-trainee', path: '/account' },
    then: async page => {
      await page.getByLabel('Name to show').fill('')
      await press(/save/i)(page)
    },
  },
  { route: '/boards', name: 'one’s own', as: 'demo-trainee', path: '/boards' },
  { route: '/boards', name: 'with every cohort’s to find', as: 'demo-admin', path: '/boards?q=e' },
  { route: '/boards/[board]', name: 'of the community', as: 'demo-trainee', path: '/boards/community' },
  {
    ...{ route: '/boards/[board]', name: 'of a cohort', as: 'demo-trainee' },
    path: linkOn('/boards', 'main a:has-text("Autumn circle")'),
  },
  {
    ...{ route: '/boards/[board]/new', name: 'a topic', as: 'demo-new', path: '/boards/community/new' },
    then: press('Start the topic'),
  },
  {
    ...{ route: '/boards/[board]/new', name: 'a poll, refused', as: 'demo-mentor' },
    ...{ path: '/boards/community/new?form=poll', then: press('Start the poll') },
  },
  {
    ...{ route: '/topics/[topic]', name: 'a talk', as: 'demo-trainee' },
    path: topicCalled('ideal group support room'),
  },
  { route: '/topics/[topic]', name: 'closed', as: 'demo-trainee', path: topicCalled('The Thursday room') },
  {
    route: '/topics/[topic]',
    name: 'from right to left',
    as: 'demo-admin',
    path: topicCalled('محادثة صعبة'),
  },
  { route: '/topics/[topic]', name: 'a poll', as: 'demo-new', path: topicCalled('monthly community call') },
  {
    ...{ route: '/topics/[topic]', name: 'a poll that one has voted in', as: 'demo-mentor' },
    path: topicCalled('monthly community call'),
  },
  { route: '/topics/[topic]', name: 'a check-in', as: 'demo-new', path: topicCalled('How are you today?') },
  {
    ...{ route: '/topics/[topic]', name: 'a check-in’s results', as: 'demo-new' },
    path: async page => `${await topicCalled('How are you today?')(page)}?answers=results`,
  },
  { route: '/courses', name: 'for a guest', as: null, path: '/courses' },
  { route: '/courses', name: 'for a trainee', as: 'demo-trainee', path: '/courses' },
  { route: '/courses/[course]', name: 'for a guest', as: null, path: introduction },
  { route: '/courses/[course]', name: 'midway', as: 'demo-trainee', path: introduction },
  { route: '/courses/[course]/[module]', name: 'for a guest', as: null, path: first },
  {
    ...{ route: '/courses/[course]/[module]', name: 'with a picture', as: null },
    path: '/courses/moderator-training/ground-rules-and-warnings',
  },
  { route: '/courses/[course]/[module]', name: 'passed, with a discussion', as: 'demo-trainee', path: first },
  { route: '/courses/[course]/[module]', name: 'returned', as: 'demo-trainee', path: returned },
  { route: '/courses/[course]/[module]', name: 'not taken', as: 'demo-new', path: first },
  {
    ...{ route: '/courses/[course]/[module]', name: 'barred', as: 'demo-trainee' },
    path: `${introduction}/the-ideal-room`,
  },
  {
    ...{ route: '/courses/[course]/[module]', name: 'an empty reply', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href*="reply="]'),
    then: press(/^post reply/i),
  },
  {
    ...{ route: '/courses/[course]/[module]', name: 'a personal question', as: 'demo-trainee' },
    ...{ path: `${introduction}/sharing-and-naming-challenges`, then: openAll },
  },
  {
    ...{
      route: '/courses/[course]/[module]',
      name: 'all that is folded open, as a mentor',
      as: 'demo-mentor',
    },
    ...{ path: first, then: openAll },
  },
  {
    ...{ route: '/courses/[course]/[module]', name: 'a reply with a quote', as: 'demo-trainee' },
    path: linkOn(first, '#discussion .reply a[data-quote]'),
  },
  { route: '/courses/[course]/[module]/quiz', name: 'passed', as: 'demo-trainee', path: quiz },
  { route: '/courses/[course]/[module]/quiz', name: 'not taken', as: 'demo-new', path: quiz },
  {
    ...{ route: '/attempts/[attempt]', name: 'the review', as: 'demo-trainee' },
    path: linkOn(quiz, 'a[href^="/attempts/"]'),
  },
  {
    ...{ route: '/attempts/[attempt]', name: 'half answered', as: 'the-one-with-the-longest-name' },
    path: linkOn(`${introduction}/rooms-and-roles/quiz`, 'main a[href^="/attempts/"]'),
  },
  {
    ...{ route: '/attempts/[attempt]', name: 'handed in too early', as: 'the-one-with-the-longest-name' },
    path: linkOn(`${introduction}/rooms-and-roles/quiz`, 'main a[href^="/attempts/"]'),
    then: press('Hand in'),
  },
  { route: '/guides', name: 'for a guest', as: null, path: '/guides' },
  { route: '/guides', name: 'for a trainee', as: 'demo-trainee', path: '/guides' },
  {
    ...{ route: '/guides', name: 'nothing of the kind', as: 'demo-new' },
    path: '/guides?topic=crisis&show=done',
  },
  { route: '/guides/[guide]', name: 'for a guest', as: null, path: '/guides/giving-a-warning' },
  {
    ...{ route: '/guides/[guide]', name: 'nothing chosen', as: 'demo-new', path: '/guides/giving-a-warning' },
    then: press('Check my answers'),
  },
  {
    ...{ route: '/guides/[guide]', name: 'vouched for', as: 'demo-trainee' },
    path: '/guides/using-a-poll-in-a-room',
  },
  { route: '/helplines', name: 'for all', as: null, path: '/helplines' },
  { route: '/search', name: 'nothing asked', as: null, path: '/search' },
  { route: '/search', name: 'results for a guest', as: null, path: '/search?q=warning' },
  { route: '/search', name: 'results of all kinds', as: 'demo-trainee', path: '/search?q=quiet+room' },
  { route: '/search', name: 'posts', as: 'demo-mentor', path: '/search?q=room&in=posts' },
  { route: '/search', name: 'nothing found', as: 'demo-trainee', path: '/search?q=xqzvwkpt' },
  { route: '/search', name: 'corrected', as: 'demo-trainee', path: '/search?q=confidentialty' },
  { route: '/search', name: 'too common', as: 'demo-trainee', path: '/search?q=the' },
  { route: '/path', name: 'for a guest', as: null, path: '/path' },
  { route: '/path', name: 'for a trainee', as: 'demo-trainee', path: '/path' },
  { route: '/path', name: 'for a mentor', as: 'demo-mentor', path: '/path' },
  { route: '/path/[badge]', name: 'for a guest', as: null, path: '/path/mentor' },
  { route: '/path/[badge]', name: 'on the way', as: 'demo-trainee', path: '/path/room-supporter' },
  {
    ...{ route: '/path/[badge]', name: 'to apply for', as: 'demo-mentor' },
    ...{ path: '/path/mentor-leader', then: press('Apply') },
  },
  {
    ...{ route: '/path/[badge]', name: 'with a track to choose', as: 'demo-trainee' },
    ...{ path: '/path/mentor', then: press('Choose this track') },
  },
  { route: '/path/[badge]', name: 'held', as: 'demo-mentor', path: '/path/mentor', then: openAll },
  {
    ...{ route: '/path/[badge]/on-a-day', name: 'on the way', as: 'demo-trainee' },
    path: '/path/room-supporter/on-a-day',
  },
  {
    ...{ route: '/path/[badge]/on-a-day', name: 'as it was granted', as: 'demo-mentor' },
    path: linkOn('/path/mentor/on-a-day', '.quick-days a[href*="decision"]'),
  },
  {
    ...{ route: '/path/[badge]/counted', name: 'contested', as: 'demo-trainee' },
    ...{ path: '/path/room-supporter/counted?of=evidence:group_chat', then: openAll },
  },
  {
    ...{ route: '/path/[badge]/counted', name: 'refused', as: 'demo-mentor' },
    path: '/path/support-session-leader/counted?of=evidence:practice_session',
    then: async page => {
      await openAll(page)
      await press('Ask an admin to look at it')(page)
    },
  },
  {
    ...{ route: '/certificates/[code]', name: 'valid', as: 'demo-mentor' },
    path: linkOn('/path/mentor', 'main a[href*="/certificates/"]'),
  },
  {
    ...{ route: '/certificates/[code]', name: 'revoked', as: 'demo-admin' },
    path: linkOn('/admin/people/ines', 'main p:has-text("Held before") a'),
  },
  {
    ...{ route: '/certificates/[code]', name: 'unknown', as: null },
    ...{ path: '/certificates/made-up', status: 404 },
  },
  { route: '/verify', name: 'fresh', as: null, path: '/verify' },
  {
    ...{ route: '/verify', name: 'a code', as: 'demo-mentor' },
    path: async page => `/verify?code=${await demoCode(page)}`,
  },
  {
    ...{ route: '/verify', name: 'a code, with the address of somebody else', as: 'demo-mentor' },
    path: async page => `/verify?code=${await demoCode(page)}`,
    then: async page => {
      await page.getByLabel('Their e-mail address').fill('nobody@example.org')
      await press('Compare')(page)
    },
  },
  {
    ...{ route: '/verify', name: 'a file', as: 'demo-mentor', path: '/verify' },
    then: async page => bring(page, await credentialOf(page)),
  },
  {
    ...{ route: '/verify', name: 'a file that was changed', as: 'demo-mentor', path: '/verify' },
    then: async page => bring(page, (await credentialOf(page)).replace('Mentor', 'Leader')),
  },
  {
    ...{ route: '/verify', name: 'of another issuer', as: null, path: '/verify' },
    then: page => bring(page, foreignBadge),
  },
  {
    ...{ route: '/verify', name: 'nothing that can be read', as: null, path: '/verify' },
    then: page => bring(page, 'This is no certificate.'),
  },
  { route: '/verify', name: 'nothing brought', as: null, path: '/verify', then: press('Check it') },
  {
    ...{ route: '/verify', name: 'unknown', as: null },
    ...{ path: `/verify?code=${'A'.repeat(22)}`, status: 404 },
  },
  { route: '/new', name: 'some', as: 'demo-trainee', path: '/new' },
  { route: '/new', name: 'nothing', as: 'demo-new', path: '/new' },
  { route: '/practice', name: 'a few logged', as: 'demo-trainee', path: '/practice' },
  {
    route: '/practice/beside',
    name: 'one to confirm',
    as: 'demo-mentor',
    path: '/practice/beside',
    then: openAll,
  },
  { route: '/practice/beside', name: 'nothing', as: 'demo-new', path: '/practice/beside' },
  {
    ...{ route: '/practice/checklists/[checklist]', name: 'not passed yet', as: 'demo-trainee' },
    path: '/practice/checklists/leading-a-session',
  },
  {
    ...{ route: '/assessments/[assessment]', name: 'not passed yet', as: 'demo-trainee' },
    path: linkOn('/practice', 'main a[href^="/assessments/"]'),
  },
  {
    ...{ route: '/people/[handle]/assess/[checklist]', name: 'open', as: 'demo-mentor' },
    path: '/people/demo-trainee/assess/leading-a-session',
  },
  {
    ...{ route: '/people/[handle]/assess/[checklist]', name: 'refused', as: 'demo-mentor' },
    ...{ path: '/people/demo-trainee/assess/leading-a-session', then: press('Send it to them') },
  },
  {
    ...{ route: '/practice', name: 'refused', as: 'demo-new', path: '/practice' },
    then: press('Log it'),
  },
  { route: '/recall', name: 'some for today', as: 'demo-trainee', path: '/recall' },
  { route: '/recall', name: 'nothing yet', as: 'demo-admin', path: '/recall' },
  {
    ...{ route: '/recall', name: 'refused', as: 'demo-trainee', path: '/recall' },
    then: press('Go through them'),
  },
  { route: '/recall/next', name: 'asked', as: 'demo-trainee', path: '/recall/next' },
  {
    ...{ route: '/recall/next', name: 'nothing chosen', as: 'demo-trainee', path: '/recall/next' },
    then: press('Check'),
  },
  { route: '/recall/next', name: 'answered', as: 'demo-trainee', path: answeredBefore },
  { route: '/recall/next', name: 'nothing due', as: 'demo-admin', path: '/recall/next' },
  { route: '/people/[handle]', name: 'as anybody sees it', as: null, path: '/people/demo-mentor' },
  {
    ...{ route: '/people/[handle]', name: 'with a long name', as: 'demo-mentor' },
    path: '/people/maxi',
  },
  {
    ...{ route: '/people/[handle]', name: 'with guides to vouch for', as: 'demo-mentor' },
    ...{ path: '/people/demo-trainee', then: openAll },
  },
  { route: '/people/[handle]', name: 'from right to left', as: 'demo-mentor', path: '/people/leyla' },
  {
    ...{ route: '/posts/[post]', name: 'leads to its discussion', as: 'demo-trainee' },
    path: linkOn('/people/demo-trainee', 'a[href^="/posts/"]'),
  },
  {
    ...{ route: '/posts/[post]/history', name: 'of a post', as: 'demo-trainee' },
    path: async page => `${await linkOn('/people/demo-trainee', 'a[href^="/posts/"]')(page)}/history`,
  },
  {
    ...{ route: '/posts/[post]/report', name: 'fresh', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href$="/report"]'),
  },
  {
    ...{ route: '/posts/[post]/report', name: 'worried', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href$="/report"]'),
    then: page => page.getByRole('radio', { name: /worried/ }).check(),
  },
  {
    ...{ route: '/posts/[post]/report', name: 'nothing chosen', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href$="/report"]'),
    then: press('Report it'),
  },
  {
    ...{ route: '/posts/[post]/moderate', name: 'a reply', as: 'demo-mentor' },
    ...{ path: linkOn(first, '#discussion .reply a[href$="/moderate"]'), then: openAll },
  },
  { route: '/reports', name: 'two', as: 'demo-mentor', path: '/reports' },
  { route: '/reports', name: 'all', as: 'demo-admin', path: '/reports' },
  {
    ...{ route: '/reports/[report]', name: 'a worry', as: 'demo-mentor' },
    ...{ path: linkOn('/reports', '.report-row.concern a'), then: openAll },
  },
  {
    ...{ route: '/reports/[report]', name: 'nothing said', as: 'demo-mentor' },
    ...{ path: linkOn('/reports', '.report-row:not(.concern) a'), then: press('Done') },
  },
  {
    ...{ route: '/posts/[post]/history', name: 'what changed', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href$="/history"]'),
  },
  {
    ...{ route: '/posts/[post]/history', name: 'the whole text', as: 'demo-trainee' },
    path: async page => `${await linkOn(first, '#discussion a[href$="/history"]')(page)}?as=text`,
  },
  {
    ...{ route: '/posts/[post]/delete', name: 'a reflection that has passed', as: 'demo-trainee' },
    path: linkOn(first, '#reflection a[href$="/delete"]'),
  },
  { route: '/desk', name: 'with work', as: 'demo-mentor', path: '/desk' },
  { route: '/desk', name: 'before tuning in', as: 'aiko', path: '/desk' },
  {
    ...{ route: '/desk/[marking]', name: 'at work', as: 'demo-mentor' },
    ...{ path: linkOn('/desk', '.waiting:not(:has(.paused)) h2 a'), then: openAll },
  },
  {
    ...{ route: '/desk', name: 'with its keys', as: 'demo-mentor', path: '/desk' },
    then: press('Keys'),
  },
  {
    ...{ route: '/desk/[marking]', name: 'with its keys', as: 'demo-mentor' },
    path: linkOn('/desk', '.waiting:not(:has(.paused)) h2 a'),
    then: async page => {
      await page.locator('#grade fieldset[aria-current]').first().waitFor()
      await press('Keys')(page)
    },
  },
  {
    ...{ route: '/desk/[marking]', name: 'paused', as: 'demo-mentor' },
    path: linkOn('/desk', '.waiting:has(.paused) h2 a'),
  },
  { route: '/desk/held', name: 'with work', as: 'demo-mentor', path: '/desk/held' },
  { route: '/desk/comments', name: 'one’s own', as: 'demo-mentor', path: '/desk/comments', then: openAll },
  { route: '/desk/comments', name: 'shared', as: 'demo-mentor', path: '/desk/comments?whose=others' },
  {
    ...{ route: '/desk/comments', name: 'refused', as: 'demo-mentor', path: '/desk/comments' },
    then: async page => {
      await page.getByLabel('Words', { exact: true }).fill('Dear {friend}')
      await press('Keep it')(page)
    },
  },
  {
    ...{ route: '/desk/comments', name: 'to change', as: 'demo-mentor' },
    path: linkOn('/desk/comments', 'main a[href*="change="]'),
  },
  { route: '/desk/practice', name: 'with work', as: 'demo-mentor', path: '/desk/practice', then: openAll },
  { route: '/desk/agreement', name: 'one’s own', as: 'demo-mentor', path: '/desk/agreement', then: openAll },
  { route: '/desk/agreement', name: 'every mentor’s', as: 'demo-admin', path: '/desk/agreement' },
  { route: '/desk/calibration', name: 'every course', as: 'demo-mentor', path: '/desk/calibration' },
  {
    ...{ route: '/desk/calibration/[course]', name: 'of the Introduction', as: 'demo-mentor' },
    ...{ path: '/desk/calibration/introduction-to-group-support', then: openAll },
  },
  {
    ...{ route: '/desk/calibration/[course]', name: 'begun', as: 'aiko' },
    path: globalCalibration,
  },
  {
    ...{ route: '/desk/calibration/[course]/[anchor]', name: 'compared', as: 'aiko' },
    path: `${globalCalibration}/the-kettle`,
  },
  {
    ...{ route: '/desk/calibration/[course]/[anchor]', name: 'nothing chosen', as: 'aiko' },
    ...{ path: `${globalCalibration}/the-investigator`, then: press('Grade it and compare') },
  },
  { route: '/desk/people', name: 'all lists', as: 'demo-mentor', path: '/desk/people' },
  { route: '/desk/people', name: 'one list', as: 'demo-mentor', path: '/desk/people?list=celebrate' },
  { route: '/authoring', name: 'what lessons are made of', as: 'demo-mentor', path: '/authoring' },
  {
    ...{ route: '/authoring/questions', name: 'every kind in every state', as: 'demo-mentor' },
    ...{ path: '/authoring/questions', then: openAll },
  },
  { route: '/authoring/badges', name: 'emblems', as: 'demo-admin', path: '/authoring/badges' },
  { route: '/authoring/fields', name: 'fields', as: 'demo-mentor', path: '/authoring/fields' },
  { route: '/desk/pace', name: 'nothing set', as: 'demo-mentor', path: '/desk/pace' },
  {
    ...{ route: '/desk/pace', name: 'refused', as: 'demo-mentor', path: '/desk/pace' },
    then: async page => {
      await page.getByLabel('First day away').fill('2020-01-01')
      await press('Keep this')(page)
      await page.getByText('Please give your last day away too').first().waitFor()
    },
  },
  { route: '/desk/load', name: 'one’s own', as: 'demo-mentor', path: '/desk/load' },
  { route: '/desk/load', name: 'of each mentor', as: 'demo-admin', path: '/desk/load' },
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
    ...{ route: '/certificates/[code]', name: 'suspended', as: 'demo-admin' },
    path: linkOn('/admin/people/sunniva/badges/mentor', 'main a[href*="/certificates/"]'),
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
  { route: '/record', name: 'signed', as: null, path: '/record', then: openAll },
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
  {
    ...{ route: '/unsent', name: 'signed out meanwhile', as: null, path: '/sign-in' },
    then: postLate,
  },
  { route: '/sign-in', name: 'fresh', as: null, path: '/sign-in' },
  { route: '/sign-in', name: 'refused', as: null, path: '/sign-in', then: press('Sign in') },
  { route: '/sign-up', name: 'fresh', as: null, path: '/sign-up' },
  { route: '/sign-up', name: 'refused', as: null, path: '/sign-up', then: press('Sign up') },
  {
    ...{ route: '/sign-up/[token]', name: 'used up', as: null, path: '/sign-up/made-up', status: 404 },
  },
  { route: '/forgotten-password', name: 'fresh', as: null, path: '/forgotten-password' },
  { route: '/forgotten-password', name: 'sent', as: null, path: '/forgotten-password?sent=1' },
  {
    ...{ route: '/new-password/[token]', name: 'used up', as: null },
    ...{ path: '/new-password/made-up', status: 404 },
  },
  { route: '/problem', name: 'asked for by itself', as: null, path: '/problem', status: 404 },
]
