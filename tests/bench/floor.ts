import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import postgres from 'postgres'
import type { Statement } from '../support/statements.ts'

/**
 * The floor: what a page would cost if the site did nothing but ask the database and write bytes. Told on standard
 * input which statements a page runs and what it answers; runs the first (who is it?), then the others together.
 */
export interface FloorPage {
  databaseUrl: string
  statements: Statement[]
  headers: Record<string, string>
  body: string
}

const { databaseUrl, statements, headers, body } = JSON.parse(await text(process.stdin)) as FloorPage
const sql = postgres(databaseUrl, { max: 10, fetch_types: false, onnotice: () => {} })
const ask = ({ query, parameters }: Statement) => sql.unsafe(query, parameters, { prepare: true })
const [who, ...rest] = statements
const bytes = Buffer.from(body)

const server = createServer((_request, response) => {
  void answer().then(() => {
    response.writeHead(200, headers)
    response.end(bytes)
  })
})

async function answer(): Promise<void> {
  if (who) await ask(who)
  await Promise.all(rest.map(ask))
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`ready at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
})
