import { expect, test } from 'vitest'
import { testDatabase } from './support/database.ts'
const { sql, db } = await testDatabase()
test('x', async () => {
  console.log(await sql`select current_database()`)
  expect(db).toBeTruthy()
})
