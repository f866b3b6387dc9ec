import { dayInWords } from '../../layout/time.ts'
import type { Criterion } from '../criterion.ts'
import { plusDays } from '../day.ts'
import * as when from '../days-met.ts'
import type { Facts } from '../facts.ts'
import type { Standing } from '../standing.ts'

type Either = Extract<Criterion, { kind: 'or-earlier' }>

/**
 * How somebody measures against the rules in force, where earlier ones go on counting until a day for whoever was here
 * when that began: either is enough. Who came later, and everybody once the day is over, is shown the rules in force.
 */
export function judgeEither(
  { now, earlier, until, joinedBy }: Either,
  facts: Facts,
  today: string,
  judgePart: (criterion: Criterion) => Standing,
): Standing {
  const newer = judgePart(now)
  if (facts.joinedOn > joinedBy) return newer
  const older = on(cut(judgePart(earlier).metOn, until), judgePart(earlier), today)
  const metOn = when.whenEnough([newer.metOn, older.metOn], met => met > 0)
  if (today > until) return on(metOn, newer, today)
  const parts = [listed(newer, 'The rules now'), listed(older, 'The earlier rules')]
  const have = parts.filter(({ met }) => met).length
  const label = `You may still finish under the earlier rules until ${dayInWords(new Date(until))}`
  return on(metOn, { ...newer, ...{ kind: 'any', label, have, need: 1, criteria: parts } }, today)
}

/** What is met on these days up to a last one. */
const cut = (days: when.DaysMet, last: string): when.DaysMet => {
  const end = plusDays(last, 1)
  const turns = days.filter(turn => turn < end)
  return turns.length % 2 === 1 ? [...turns, end] : turns
}

/** A standing that is met on these days. */
const on = <S extends Standing>(metOn: when.DaysMet, standing: S, today: string): S => ({
  ...standing,
  metOn,
  met: when.isMetOn(metOn, today),
  metFrom: when.metFromOn(metOn, today),
  metUntil: when.metUntilOn(metOn, today),
})

/** Under a heading of its own: what is a list has it for its own, anything else becomes a list of one. */
function listed(standing: Standing, label: string): Standing {
  if (standing.kind === 'all') return { ...standing, label }
  const { metOn, met, metFrom, metUntil } = standing
  const have = met ? 1 : 0
  return { kind: 'all', label, have, need: 1, metOn, met, metFrom, metUntil, criteria: [standing] }
}
