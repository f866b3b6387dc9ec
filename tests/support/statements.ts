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
  await setLogging(sql, `log_line_prefix = '${mark}'`, `log_statement = 'all'`)
  const from = statSync(log).size
  await work()
  await wait(150)
  const text = readFileSync(log, 'utf8').slice(from)
  await setLogging(sql, 'log_line_prefix = default', 'log_statement = default')
  return parse(text)
}

async function setLogging(sql: postgres.Sql, ...settings: string[]): Promise<void> {
  for (const setting of settings) await sql.unsafe(`alter system set ${setting}`)
  await sql`select pg_reload_conf()`
  await wait(150)
}

/** `LOG: execute name: query` with, on the next line, `DETAIL: Parameters: $1 = 'a', $2 = NULL`. */
function parse(text: string): Statement[] {
  const statements: Statement[] = []
  for (const line of text.split(mark)) {
    const query = /^LOG: {2}(?:execute [^:]+|statement): ([\s\S]*)$/.exec(line)?.[1]?.trim()
    const parameters = /^DETAIL: {2}Parameters: ([\s\S]*)$/.exec(line)?.[1]
    if (parameters !== undefined && statements.length > 0)
      statements.at(-1)!.parameters = valuesIn(parameters)
    else if (query && !/^(alter system|select pg_reload_conf|fetch|listen)|pgboss/i.test(query))
      statements.push({ query, parameters: [] })
  }
  return statements
}

const valuesIn = (list: string): (string | null)[] =>
  [...list.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g)].map(
    ([, value]) => value?.replaceAll("''", "'") ?? null,
  )
