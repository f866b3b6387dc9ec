import { DAY } from '../day.ts'
import { dayInWords } from '../../layout/time.ts'
import type { Projection } from './projected.ts'

/**
 * A projection as one would say it today (ISO day, UTC), no more exact than it is: "within about 3 weeks", "around
 * mid-March", "in March or April", "between March and June 2027"; for what only takes time "on 3 March 2027".
 */
export function projectionInWords({ from, by }: Projection, today: string): string {
  if (from === by) return `on ${dayInWords(new Date(by))}`
  const days = (Date.parse(by) - Date.parse(today)) / DAY
  if (days <= 10) return 'within about a week'
  if (days <= 31) return `within about ${Math.ceil((days - 3) / 7)} weeks`
  const year = by.slice(0, 4) === today.slice(0, 4) ? '' : ` ${by.slice(0, 4)}`
  const apart = monthOf(by) - monthOf(from)
  if (apart === 0 && partOf(from) === partOf(by)) return `around ${partOf(by)}${name(by)}${year}`
  if (apart === 0) return `in ${name(by)}${year}`
  return apart === 1
    ? `in ${name(from)} or ${name(by)}${year}`
    : `between ${name(from)} and ${name(by)}${year}`
}

const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))

const partOf = (day: string) => {
  const date = Number(day.slice(8))
  return date <= 10 ? 'early ' : date <= 20 ? 'mid-' : 'late '
}

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' })
const name = (day: string) => monthName.format(new Date(day))
