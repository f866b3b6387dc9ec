import { z } from 'zod'

const MINUTE = 60_000
const UNITS = { minutes: MINUTE, hours: 60 * MINUTE, days: 24 * 60 * MINUTE, weeks: 7 * 24 * 60 * MINUTE }

/** A length of time as an author wrote it. Weeks and days are exact multiples of 24 hours. */
export type Duration = { readonly amount: number; readonly unit: keyof typeof UNITS }

/** Reads `12 hours`, `3 days`, `2 weeks`, `1 day`. */
export const duration = z.string().transform((text, ctx): Duration => {
  const [, amount, unit] = /^\s*(\d{1,4}) (minute|hour|day|week)s?\s*$/.exec(text) ?? []
  if (!unit || Number(amount) < 1) {
    ctx.addIssue(
      `is '${text}', which is not a length of time\nWrite it like \`12 hours\`, \`3 days\` or \`2 weeks\`.`,
    )
    return z.NEVER
  }
  return { amount: Number(amount), unit: `${unit}s` as Duration['unit'] }
})

/** The duration in milliseconds. */
export const milliseconds = ({ amount, unit }: Duration) => amount * UNITS[unit]

/** The moment that lies `duration` after `from`. */
export const after = (from: Date, duration: Duration) => new Date(from.getTime() + milliseconds(duration))

/** `2 weeks`, `1 day`: the duration as people say it. */
export const inWords = ({ amount, unit }: Duration) => `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`

/** `1 minute`, `12 minutes`. */
export const minutesInWords = (amount: number) => inWords({ amount, unit: 'minutes' })
