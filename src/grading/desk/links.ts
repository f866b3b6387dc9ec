import { type DeskFilter, deskFilter } from '../queue.ts'

/** What of the queue an address shows. */
export const filterIn = (query: URLSearchParams): DeskFilter => deskFilter.parse(Object.fromEntries(query))

/** The filter as an address says it: empty where all is shown. */
export function queryOf(filter: DeskFilter): string {
  const said = Object.entries<string | number | undefined>(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return new URLSearchParams(said).toString()
}

/** The desk, or one marking on it, as it is filtered. */
export function deskHref(filter: DeskFilter, marking: number | null = null): string {
  const query = queryOf(filter)
  return `/desk${marking === null ? '' : `/${marking}`}${query && `?${query}`}`
}
