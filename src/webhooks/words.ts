import { sinceInWords } from '../layout/time.ts'
import type { EndpointState, LoggedDelivery } from './log.ts'
import { mostTries } from './schedule.ts'
import { isTaken } from './settle.ts'

/** How an endpoint fares, in a few words. */
export function stateInWords(one: EndpointState, now: Date, timeZone = 'UTC'): string {
  const since = (at: Date) => sinceInWords(at, now, timeZone)
  if (one.paused?.for === 'gone') return `Paused ${since(one.paused.at)}: it answered that it is gone`
  if (one.paused) return `Paused ${since(one.paused.at)}`
  if (!one.signs) return 'Can’t be signed for: SECRET has changed'
  if (one.failingSince) return `Failing; it began ${since(one.failingSince)}`
  return one.deliveredAt ? `Works; last told ${since(one.deliveredAt)}` : 'Nothing sent yet'
}

/** What an endpoint's state asks for: nothing, a look, or doing something. */
export const moodOf = ({ paused, signs, failingSince }: EndpointState): 'fine' | 'held' | 'wrong' =>
  paused?.for === 'gone' || !signs || (failingSince && !paused) ? 'wrong' : paused ? 'held' : 'fine'

/** What became of a delivery so far. */
export function fateInWords(
  one: LoggedDelivery,
  { now, zone = 'UTC', paused }: { now: Date; zone?: string | undefined; paused: boolean },
): string {
  if (one.state === 'delivered') return one.tries > 1 ? `Delivered at try ${one.tries}` : 'Delivered'
  if (one.state === 'failed')
    return one.tries >= mostTries ? `Given up after ${one.tries} tries` : 'Refused for good'
  if (paused) return 'Waits until it is resumed'
  if (one.tries === 0) return 'Waits to be sent'
  if (one.nextAt <= now) return `Try ${one.tries} failed; the next comes now`
  return `Try ${one.tries} failed; the next comes ${sinceInWords(one.nextAt, now, zone)}`
}

/** What one try came to. */
export function tryInWords({ status, problem }: LoggedDelivery['attempts'][number]): string {
  if (status === null) return problem
  if (isTaken(status)) return `Answered ${status}`
  if (status >= 300 && status < 400) return `Answered ${status}: it leads elsewhere, which is not followed`
  return status === 410 ? 'Answered 410: gone' : `Answered ${status}`
}
