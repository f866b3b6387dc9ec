import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { person } from '../../db/schema/people.ts'
import { readBaked } from '../../src/credentials/baked/read-baked.ts'
import { certify } from '../credentials/certificate.ts'
import { proofVerifies } from '../credentials/outside/verify.ts'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite()

/** Somebody who has been certified, on the page of their certificate. */
async function holder(browser: Parameters<typeof Visitor.joined>[0], handle: string, scripts: boolean) {
  const visitor = await Visitor.joined(browser, handle, { origin: own.site.origin, scripts, name: handle })
  const people = await own.db.select().from(person)
  const code = await certify(
    own.db,
    people.find(one => one.handle === handle)!,
  )
  await visitor.page.goto('/path/moderator')
  await visitor.page.getByRole('link', { name: 'Your certificate' }).click()
  return { page: visitor.page, code }
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`a holder takes their certificate along, and each file verifies elsewhere, ${how}`, async ({
    browser,
    request,
  }) => {
    const { page } = await holder(browser, scripts ? 'hope' : 'fern', scripts)
    const did = (await (await request.get(`${own.site.origin}/.well-known/did.json`)).json()) as Record<
      string,
      unknown
    >
    for (const name of ['Badge as a picture', 'Badge as a drawing', 'Credential']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name, exact: true }).click(),
      ])
      const file = readFileSync(await download.path())
      const credential = JSON.parse(readBaked(file)) as Record<string, unknown>
      expect(await proofVerifies(credential, did), name).toBe(true)
    }
  })
}

test('a browser reads the drawing as the SVG that it is, finds the credential in it, and shows both pictures', async ({
  browser,
}) => {
  const { page, code } = await holder(browser, 'juno', true)
  const seen = await page.evaluate(async path => {
    const text = await (await fetch(`${path}/badge.svg`)).text()
    const drawing = new DOMParser().parseFromString(text, 'image/svg+xml')
    const elements = drawing.getElementsByTagNameNS('https://purl.imsglobal.org/ob/v3p0', 'credential')
    const picture = new Image()
    picture.src = `${path}/badge.png`
    await picture.decode()
    return {
      root: drawing.documentElement.nodeName,
      credentials: [...elements].map(element => element.textContent),
      width: picture.naturalWidth,
    }
  }, `/certificates/${code}`)
  expect(seen).toMatchObject({ root: 'svg', width: 512 })
  expect(seen.credentials).toHaveLength(1)
  expect(JSON.parse(seen.credentials[0]!)).toMatchObject({ id: `${own.site.origin}/certificates/${code}` })
})
