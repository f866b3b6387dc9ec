import { expect, test } from '@playwright/test'
import { sessionOf } from '../support/shared-site.ts'

const modules = {
  'a module with its discussion': 'introduction-to-group-support/what-group-support-is',
  'a module with a picture in it': 'moderator-training/ground-rules-and-warnings',
}
const mostBytes = 60 * 1024
const mostRequests = 6

for (const [view, module] of Object.entries(modules))
  test(`the first view of ${view} is light and asks nobody else`, async ({ browser }) => {
    const context = await browser.newContext({ storageState: sessionOf('demo-trainee') })
    const page = await context.newPage()
    const client = await context.newCDPSession(page)
    await client.send('Network.enable')
    const bytes = new Map<string, number>()
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      bytes.set(requestId, encodedDataLength),
    )
    const asked: URL[] = []
    page.on('request', request => asked.push(new URL(request.url())))
    await page.goto(`/courses/${module}`, { waitUntil: 'networkidle' })

    const sum = [...bytes.values()].reduce((total, one) => total + one, 0)
    test.info().annotations.push({ type: 'weight', description: `${sum} bytes, ${asked.length} requests` })
    expect(new Set(asked.map(({ host }) => host)).size).toBe(1)
    expect(asked.length).toBeLessThanOrEqual(mostRequests)
    // A picture further down waits until one comes near: with its discussion such a page has no request to spare.
    expect(asked.filter(({ pathname }) => pathname.startsWith('/pictures/'))).toEqual([])
    expect(sum).toBeLessThanOrEqual(mostBytes)
    await context.close()
  })
