import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import postgres from 'postgres'
import { afterAll, expect, inject } from 'vitest'
import { closeDb, connect, type Db } from '../../db/client.ts'
import { provideDatabaseUrl } from '../../src/env.ts'
import { databaseAt, template } from './cluster.ts'

export type TestDatabase = { url: string; db: Db; sql: postgres.Sql }

/**
 * A migrated, empty database for one test file alone, a copy of the template made in milliseconds. Call it once,
 * at the top of the file or in a `beforeAll`. It is also the database of the process, so `db()` finds it.
 * Dropped at the end; a connection that is then still open fails the file.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().slice(0, 8)}`
  const server = postgres(inject('server'), { max: 1, onnotice: () => {} })
  await server`create database ${server(name)} template ${server(template)}`
  const url = databaseAt(inject('server'), name)
  provideDatabaseUrl(url)
  const db = connect(url)

  afterAll(async () => {
    await Promise.all([db.$client.end(), closeDb()])
    const left = await openConnections(server, name)
    await server`drop database ${server(name)} with (force)`
    await server.end()
    expect(left, `connections that ${testFile()} left open`).toEqual([])
  })
  return { url, db, sql: db.$client }
}

/** What each connection asked last. One that was just closed may take the server a moment to forget. */
async function openConnections(server: postgres.Sql, name: string): Promise<string[]> {
  let left: { query: string }[] = []
  for (let tries = 0; tries < 400; tries++) {
    left = await server<{ query: string }[]>`select query from pg_stat_activity where datname = ${name}`
    if (left.length === 0) break
    await new Promise(done => setTimeout(done, 25))
  }
  return left.map(({ query }) => query)
}

const testFile = () => basename(expect.getState().testPath ?? 'this file')
