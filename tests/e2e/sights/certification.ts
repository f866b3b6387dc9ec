import type { Page } from '@playwright/test'
import { linkOn, openAll, press, type Sight } from './sight.ts'

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

/** The path, practice, people, certificates and the record. */
export const certification: Sight[] = [
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
    ...{ route: '/certificates/[code]', name: 'suspended', as: 'demo-admin' },
    path: linkOn('/admin/people/sunniva/badges/mentor', 'main a[href*="/certificates/"]'),
  },
  { route: '/record', name: 'signed', as: null, path: '/record', then: openAll },
]
