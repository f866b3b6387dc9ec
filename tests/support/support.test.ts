import { expect, test, vi } from 'vitest'
import { db } from '../../db/client.ts'
import { testDatabase } from './database.ts'

const { sql, url } = await testDatabase()

test('a test file has a database of its own, with every table and nothing in them', async () => {
  expect(await sql`select * from person`).toEqual([])
})

test('it is the one that the code under test finds', async () => {
  const [row] = await db().$client`select current_database() as name`
  expect(url).toContain(row?.name)
})

test('a test that expects an error on the console takes the spy over', () => {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {})
  console.error('expected')
  expect(spy).toHaveBeenCalledWith('expected')
})
