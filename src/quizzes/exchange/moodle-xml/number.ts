import { childOf, childrenOf, type Element, textOf } from '../markup/tree.ts'
import { even, numberIn } from '../numbers.ts'
import { type Note, Refusal, said } from '../reading.ts'
import { creditFrom } from '../weights.ts'
import { fieldText, fractionOf, type Texts } from './fields.ts'

/** Numbers that are accepted, with how far off one may be, and their unit. @throws Refusal where one is none */
export function numberFrom(question: Element, texts: Texts) {
  const answers = childrenOf(question, 'answer')
  const rest = answers.find(answer => fieldText(answer).trim() === '*')
  const accept = answers
    .filter(answer => answer !== rest)
    .map(answer => {
      const value = numberIn(fieldText(answer))
      const tolerance = numberIn(textOf(childOf(answer, 'tolerance')).trim() || '0')
      if (value === undefined || tolerance === undefined)
        throw new Refusal(
          `'${fieldText(answer).trim().slice(0, 60)}' is no number`,
          'Write it in digits.',
          answer.line,
        )
      return said({
        ...{
          value,
          tolerance: even(tolerance) || undefined,
          credit: creditFrom(fractionOf(answer), texts.taking.note),
        },
        feedback: texts.markdown(childOf(answer, 'feedback')),
      })
    })
  return said({
    ...{ kind: 'number', accept, unit: unitsOf(question, texts.taking.note) },
    otherwise: texts.markdown(childOf(rest, 'feedback')),
  })
}

/** Names of the unit where giving it counts; other units that Moodle would convert are told. */
function unitsOf(question: Element, note: Note): string[] | undefined {
  const units = childrenOf(childOf(question, 'units') ?? question, 'unit').map(unit => ({
    name: textOf(childOf(unit, 'unit_name')).trim(),
    multiplier: numberIn(textOf(childOf(unit, 'multiplier'))) ?? 1,
  }))
  if (units.length === 0) return undefined
  const counts = numberIn(textOf(childOf(question, 'unitgradingtype'))) ?? 0
  if (counts === 0) {
    note('its units are left out, since Moodle didn’t mark them', 'Say in the question which unit is meant.')
    return undefined
  }
  if (units.some(({ multiplier }) => multiplier !== 1))
    note('units that have to be converted are left out', 'Say in the question which unit is meant.')
  if ((numberIn(textOf(childOf(question, 'unitpenalty'))) ?? 0.5) !== 0.5)
    note('a missing unit costs half here', 'Nothing needs doing, unless it is to cost more or less.')
  return units.filter(({ multiplier }) => multiplier === 1).map(({ name }) => name)
}
