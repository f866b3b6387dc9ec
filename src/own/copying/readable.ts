import { html, type Safe, safe } from '../../layout/html.ts'
import { dayInWords, momentInWords } from '../../layout/time.ts'
import type { Part, Row } from './copied.ts'
import type { Copy } from './everything.ts'

/** Somebody's copy as one page to read: no script, nothing from elsewhere, good on paper. */
export function readable({ person, madeAt, parts }: Copy): string {
  const zone = person.timeZone
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>Everything about @${person.handle}</title>
        <style>
          ${safe(style)}
        </style>
      </head>
      <body>
        <main>
          <h1>Everything that Trellis holds about <bdi>@${person.handle}</bdi></h1>
          <p>
            Made on ${momentInWords(madeAt, zone)}; times are in ${zone}. The same stands in data.json for
            programs. Your certificates are in the folder “credentials”. Other people are named only where the
            site shows you their name.
          </p>
          <nav aria-label="Parts">
            <ul>
              ${parts.map(
                ({ name, title, rows }) => html`<li><a href="#${name}">${title}</a> (${rows.length})</li>`,
              )}
            </ul>
          </nav>
          ${parts.map(part => section(part, zone))}
        </main>
      </body>
    </html>`.text
}

const section = ({ name, title, says, rows }: Part, zone: string): Safe => html`
  <section id="${name}">
    <h2>${title}</h2>
    <p>${says}</p>
    ${isTabular(rows) ? table(rows, title, zone) : rows.map((row, index) => entry(row, index, zone))}
  </section>
`

/** Rows whose facts are few and short are read best side by side. */
const isTabular = (rows: readonly Row[]): boolean =>
  rows.length > 1 &&
  rows.every(row => {
    const values = Object.values(row)
    return values.length <= 7 && values.every(value => !isObject(value) && String(value).length <= 60)
  })

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function table(rows: readonly Row[], title: string, zone: string): Safe {
  const columns = [
    ...new Set(rows.flatMap(row => Object.keys(row).filter(name => isToRead(name, row[name])))),
  ]
  return html`<div class="wide" role="region" aria-label="${title}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${columns.map(column => html`<th scope="col">${inWords(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          row =>
            html`<tr>
              ${columns.map(column => html`<td dir="auto">${value(row[column], zone)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

const entry = (row: Row, index: number, zone: string): Safe =>
  html`<article>
    <p class="nth">${index + 1}</p>
    ${facts(row, zone)}
  </article>`

/** What says nothing is left out. */
function facts(row: object, zone: string): Safe {
  const said = Object.entries(row as Row).filter(
    ([name, one]) => one !== null && one !== undefined && one !== '' && isToRead(name, one),
  )
  return html`<dl>
    ${said.map(
      ([name, one]) =>
        html`<dt>${inWords(name)}</dt>
          <dd dir="auto">${value(one, zone)}</dd>`,
    )}
  </dl>`
}

function value(one: unknown, zone: string): Safe | string {
  if (one === null || one === undefined) return ''
  if (typeof one === 'boolean') return one ? 'yes' : 'no'
  if (Array.isArray(one))
    return one.length === 0
      ? 'none'
      : html`<ol>
          ${one.map(item => html`<li dir="auto">${value(item, zone)}</li>`)}
        </ol>`
  if (isObject(one)) return Object.keys(one).length === 0 ? 'none' : facts(one, zone)
  const text = typeof one === 'string' ? one : JSON.stringify(one)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return momentInWords(new Date(text), zone)
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return dayInWords(new Date(text), 'UTC')
  return text
}

/** Numbers that only lead from one part to another are for programs. */
const isToRead = (name: string, one: unknown): boolean => !(/(^id|Id)$/.test(name) && typeof one === 'number')

/** `releasedAt` is “released at”. */
const inWords = (name: string): string =>
  name === 'markdown' ? 'words' : name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

const style = `
  :root { color-scheme: light dark; --line: light-dark(#d8d4c6, #45483d); --soft: light-dark(#57564b, #b9b8aa) }
  body { margin: 0; font: 1rem/1.6 ui-serif, Georgia, serif; color: light-dark(#22221c, #edece2); background: light-dark(#fcfaf4, #161912) }
  main { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
  h1, h2 { line-height: 1.25; overflow-wrap: anywhere }
  h2 { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem }
  a { color: light-dark(#1f5c3a, #9fd6b1) }
  nav ul { columns: 16rem; padding-left: 1.2rem }
  article { border-top: 1px dotted var(--line); padding: .6rem 0; break-inside: avoid-page }
  dl { display: grid; grid-template-columns: minmax(6rem, 11rem) 1fr; gap: .15rem 1rem; margin: 0 }
  dt, .nth, th { font: .875rem/1.7 ui-sans-serif, system-ui, sans-serif; color: var(--soft) }
  dd { margin: 0; min-width: 0; overflow-wrap: anywhere; white-space: pre-wrap }
  dd > ol, dd > dl { white-space: normal }
  ol { margin: 0; padding-left: 1.4rem }
  .nth { margin: 0 }
  .wide { overflow-x: auto }
  table { border-collapse: collapse; font: .9rem/1.5 ui-sans-serif, system-ui, sans-serif }
  th, td { text-align: start; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
  @media (max-width: 34rem) { dl { grid-template-columns: 1fr } dt { margin-top: .4rem } }
  @media print { body { background: none; color: #000; font-size: 10pt } nav { display: none } .wide { overflow: visible } }
`
