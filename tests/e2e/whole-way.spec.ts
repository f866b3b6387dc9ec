import { readFileSync } from 'node:fs'
import { decodeList } from '@digitalbazaar/vc-bitstring-status-list'
import { expect, type Page, test } from '@playwright/test'
import { proofVerifies } from '../credentials/outside/verify.ts'
import { addAdmin } from '../support/cast.ts'
import { Receiver } from '../webhooks/receiver.ts'
import { ownSite, peopleOf } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite('empty', { WEBHOOK_PRIVATE: '1', SECRET: 'the same secret at every instance' })
const people = peopleOf(own)

type Document = Record<string, unknown>
interface Status {
  statusPurpose: string
  statusListIndex: string
  statusListCredential: string
}

/** What somebody outside makes of a credential: by its signature, and by the signed list that it names. */
async function outside(page: Page, credential: Document) {
  const read = async (url: string) =>
    (await (await page.context().request.get(new URL(url).pathname)).json()) as Document
  const did = await read(`${own.site.origin}/.well-known/did.json`)
  const entry = (credential.credentialStatus as Status[]).find(one => one.statusPurpose === 'revocation')!
  const list = await read(entry.statusListCredential)
  const { encodedList } = list.credentialSubject as { encodedList: string }
  const bits = await decodeList({ encodedList })
  return {
    signed: await proofVerifies(credential, did),
    listSigned: await proofVerifies(list, did),
    revoked: bits.getStatus(Number(entry.statusListIndex)),
  }
}

test('from an application over the grant to a revocation: the rooms are told, and outsiders see it', async ({
  browser,
}) => {
  const platform = await new Receiver().open()
  const types = () => platform.received.map(({ event }) => event?.type)
  const { handle } = await addAdmin(own.db, { handle: 'alder' })
  const alder = await Visitor.signedIn(browser, handle, { origin: own.site.origin, scripts: true })
  await alder.page.goto('/admin/webhooks')
  await alder.page.getByLabel('What it is').fill('Chat platform')
  await alder.page.getByLabel('Address').fill(platform.url)
  await alder.press('Add it')
  platform.secret = (await alder.page.locator('.secret').textContent())?.trim() ?? ''

  // They apply, and two who have worked with them speak for them.
  const maple = await people.mentor(browser, 'maple', true)
  await maple.page.goto('/path/mentor-leader')
  await maple.page.getByRole('textbox', { name: /^Which project/ }).fill('The evening rooms.')
  await maple.press('Apply')
  await maple.sees('Your application is with the admins.')
  for (const name of ['hazel', 'rowan']) {
    const other = await people.mentor(browser, name, true)
    await other.page.goto(`/people/${maple.handle}`)
    await other.page.getByText('Endorse them for a badge').click()
    await other.page.getByRole('textbox', { name: 'What have you seen them do?' }).fill('Calm.')
    await other.press('Endorse')
    await other.sees('You endorsed maple')
  }

  // An admin grants it, and the rooms hear of it.
  await alder.page.goto(`/admin/queue/${maple.handle}/mentor-leader`)
  await alder.press('Grant Group Support Mentor Leader')
  await alder.sees('Granted, and on the record.')
  await expect.poll(types).toEqual(['badge.granted'])

  // The holder takes the credential along, and it verifies outside, and on the page for everybody.
  await maple.page.goto('/path/mentor-leader')
  await maple.page.getByRole('link', { name: 'Your certificate' }).click()
  const certificate = maple.page.url()
  const [download] = await Promise.all([
    maple.page.waitForEvent('download'),
    maple.page.getByRole('link', { name: 'Credential', exact: true }).click(),
  ])
  const file = readFileSync(await download.path())
  const credential = JSON.parse(file.toString()) as Document
  const employer = await Visitor.open(browser, 'employer', { origin: own.site.origin, scripts: false })
  const brings = async () => {
    await employer.page.goto('/verify')
    await employer.page
      .getByLabel('Or a file')
      .setInputFiles({ name: 'credential.json', mimeType: 'application/json', buffer: file })
    await employer.press('Check it')
  }
  expect(await outside(employer.page, credential)).toEqual({ signed: true, listSigned: true, revoked: false })
  await brings()
  await employer.sees('This certificate is valid')

  // It is revoked, for a kind of reason that anybody may read, in words that are theirs alone.
  await alder.page.goto(`/admin/people/${maple.handle}/badges/mentor-leader`)
  await alder.page.locator('summary', { hasText: 'Revoke Group Support Mentor Leader' }).click()
  const form = alder.page.locator('#revoke')
  await form.getByLabel('What kind of reason').selectOption('Conduct towards others')
  await form.locator('[name=reason]').fill('What was said on Thursday.')
  await form.getByRole('button').click()
  await alder.sees('Revoked, and on the record.')
  await expect.poll(types).toEqual(['badge.granted', 'badge.revoked'])
  expect(platform.received[1]!.event!.data.unlocks.lost).toEqual([{ kind: 'room', id: 'project-room' }])
  expect(platform.received[1]!.body).not.toContain('Thursday')

  expect(await outside(employer.page, credential)).toEqual({ signed: true, listSigned: true, revoked: true })
  for (const look of [brings, () => employer.page.goto(certificate)]) {
    await look()
    await employer.sees('This certificate was revoked')
    await employer.sees('Conduct towards others')
    await employer.misses(/Thursday/)
  }
  await maple.page.goto('/path/mentor-leader')
  await maple.sees('What was said on Thursday.')
  platform.close()
})
