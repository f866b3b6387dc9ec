import { randomUUID } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type postgres from 'postgres'

/** What was asked of the database, as it was asked. */
export interface Statement {
  query: string
  parameters: (string | null)[]
}

const mark = '@statement@'

/** Every statement that `work` makes the site run, as the database's own log tells them. */
export async function statementsOf(
  sql: postgres.Sql,
  folder: string,
  work: () => Promise<unknown>,
): Promise<Statement[]> {
  const log = globSync(`${folder}/**/postgres.log`)[0]!
  await setLogging(sql, { log_line_prefix: `'${mark}'`, log_statement: `'all'` })
  const from = statSync(log).size
  await work()
  const text = await logged(sql, log, from)
  await setLogging(sql, { log_line_prefix: 'default', log_statement: 'default' })
  return parse(text)
}

/** What the log says from there on: all that was asked before stands before a last question of our own. */
async function logged(sql: postgres.Sql, log: string, from: number): Promise<string> {
  const last = `select '${randomUUID()}' as last`
  await sql.unsafe(last)
  return until(() => {
    const text = readFileSync(log).subarray(from).toString()
    const end = text.indexOf(`LOG:  statement: ${last}`)
    return end < 0 ? null : text.slice(0, end)
  })
}

/** Sets what the server logs; through once it has told its processes. */
async function setLogging(sql: postgres.Sql, settings: Record<string, string>): Promise<void> {
  const shown = async () => (await sql<{ log_statement: string }[]>`show log_statement`)[0]!.log_statement
  const before = await shown()
  for (const [name, value] of Object.entries(settings))
    await sql.unsafe(`alter system set ${name} = ${value}`)
  await sql`select pg_reload_conf()`
  await until(async () => (await shown()) !== before || null)
  // They are told one after another.
  await wait(50)
}

async function until<T>(what: () => T | null | Promise<T | null>): Promise<T> {
  for (let waited = 0; waited < 20_000; waited += 20) {
    const known = await what()
    if (known !== null) return known
    await wait(20)
  }
  throw new Error('The database did not log what it was asked within 20 seconds.')
}

/** `LOG: execute name: query` with, on the next line, `DETAIL: Parameters: $1 = 'a', $2 = NULL`. */
function parse(text: string): Statement[] {
  const statements: Statement[] = []
  for (const line of text.split(mark)) {
    const query = /^LOG: {2}(?:execute [^:]+|statement): ([\s\S]*)$/.exec(line)?.[1]?.trim()
    const parameters = /^DETAIL: {2}Parameters: ([\s\S]*)$/.exec(line)?.[1]
    if (parameters !== undefined && statements.length > 0)
      statements.at(-1)!.parameters = valuesIn(parameters)
    else if (
      query &&
      // What the site asks by itself while it waits for work is no page's.
      !/^(alter system|select pg_reload_conf|show log_statement|fetch|listen)|pgboss|^with (due|unfinished) as/i.test(
        query,
      )
    )
      statements.push({ query, parameters: [] })
  }
  return statements
}

const valuesIn = (list: string): (string | null)[] =>
  [...list.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g)].map(
    ([, value]) => value?.replaceAll("''", "'") ?? null,
  )
