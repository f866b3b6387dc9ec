import { beforeEach, describe, expect, test } from 'vitest'
import { rateLimit } from '../../db/schema/people.ts'
import { testSite } from '../support/site.ts'
import { actionRows } from './actions.ts'
import { moreActionRows } from './boards.ts'
import { actions, routes } from './found.ts'
import { routeRows } from './routes.ts'
import { makeWorld, roles } from './world.ts'

const world = await makeWorld(await testSite())
const { site, visitors } = world

// Nobody writes as much in a minute as each role does here.
beforeEach(() => site.db.delete(rateLimit))

test('every route has a row, and every row a route', () => {
  expect(Object.keys(routeRows).toSorted()).toEqual(routes)
})

test('every action has a row, and every row an action', () => {
  expect(Object.keys(actionRows).toSorted()).toEqual(actions)
})

describe.each(Object.entries(routeRows))('%s', (route, row) => {
  test.each(roles)(`${route} for %s`, async role => {
    const path = typeof row.path === 'string' ? row.path : await row.path(world)
    const answer = await site.get(path, visitors[role].copy(), row.request)
    const said = answer.status === 303 || answer.status === 302 ? whither(answer) : answer.status
    expect(said).toBe(row.answers[role])
  })
})

// On the page where its form stands, and on one that has nothing to do with it: an action runs from anywhere.
describe.each([...moreActionRows, ...Object.entries(actionRows)])('%s', (action, row) => {
  for (const role of roles) {
    test(`${action} by ${role}`, async () => {
      for (const page of role === 'guest' || row.answers[role] !== 'done'
        ? [await pageOf(row), '/helplines']
        : [await pageOf(row)]) {
        const fields = await row.fields(world, role)
        const answer = await site.post(action, { key: world.key(), ...fields }, visitors[role].copy(), page)
        expect(
          answer.status === 303 || answer.status === 401 ? whither(answer) : answer.status,
          `${action} on ${page}`,
        ).toBe(row.answers[role])
      }
    })
  }
})

const pageOf = async (row: (typeof actionRows)[string]) =>
  typeof row.page === 'string' ? row.page : row.page(world)

/** Where a redirect leads, as far as a permission goes: to sign in, or on. */
const whither = (answer: Response) =>
  answer.status === 401 || answer.headers.get('location')?.startsWith('/sign-in?next=') ? 'sign-in' : 'done'
