import { z } from 'zod'
import { line, markdown } from '../../authoring/text.ts'
import { explainedFields, saidIf } from './explained.ts'
import { type Common, commonFields, creditField, type Kind } from './kind.ts'
import { plain } from './words.ts'

/** A number to type, with its unit where one is asked for. */
export type Numeric = Common & {
  readonly kind: 'number'
  readonly accept: readonly {
    readonly value: number
    /** How far off it may be, on either side. */
    readonly tolerance: number
    readonly credit: number
    /** Markdown: what to say to whoever gave it. */
    readonly feedback?: string | undefined
  }[]
  /** Names of the unit, the first of which is shown; undefined where none is asked for. */
  readonly unit: readonly string[] | undefined
  readonly feedback: string | undefined
  readonly otherwise: string | undefined
}

export type NumericPaper = { readonly kind: 'number'; readonly unit: string | undefined }

const finite = z.number().min(-1e12).max(1e12)
const tolerance = finite.min(0).default(0).describe('how far off it may be, on either side')

export const numberSchema = z.strictObject({
  ...commonFields,
  ...explainedFields,
  kind: z.literal('number'),
  accept: z
    .array(
      z.strictObject({
        value: finite.describe('the number'),
        tolerance,
        credit: creditField.describe('what it earns, such as `50%`; all where left out'),
        feedback: markdown(600).optional().describe('what to say to whoever gave it'),
      }),
    )
    .min(1)
    .max(10)
    .describe('the numbers that are right'),
  unit: z
    .array(line(20))
    .min(1)
    .max(8)
    .optional()
    .describe('names of the unit that one is to give, the usual one first'),
  otherwise: markdown(600)
    .optional()
    .describe('what to say to a wrong answer without giving the right one away'),
})

export const checkNumber = ({ accept }: z.output<typeof numberSchema>, ctx: z.RefinementCtx) => {
  if (!accept.some(({ credit }) => credit === 1))
    ctx.addIssue({
      code: 'custom',
      path: ['accept'],
      message: 'has no answer that earns all of it\nAdd one without `credit`.',
    })
}

export const asNumeric = ({
  unexplained: _,
  unit,
  feedback,
  otherwise,
  ...written
}: z.output<typeof numberSchema>): Numeric => ({
  ...written,
  feedback,
  unit,
  otherwise,
})

/** What a number without its unit, or with a wrong one, earns of what it would. */
const withoutUnit = 0.5

const longest = 40

export const numeric: Kind<Numeric, NumericPaper> = {
  shuffled: question => question,
  paper: ({ unit }) => ({ kind: 'number', unit: unit?.[0] }),
  clean: (_, posted) => {
    const typed = (posted[0] ?? '').trim().slice(0, longest)
    return typed === '' ? [] : [typed]
  },
  open: (_, answer) => (answer.length === 0 ? 1 : 0),
  key: question => [valueOf(question)],
  credit: creditOf,
  asAsked: today => today,
  reviewed: (question, answer, withKey) => ({
    as: 'parts',
    parts: [
      {
        ...{ label: null, given: answer[0] ?? null, right: creditOf(question, answer) === 1 },
        key: withKey ? keyOf(question) : undefined,
      },
    ],
  }),
  said: (question, answer, withKey) => {
    const own = foundIn(question, answer)?.feedback
    return [
      ...saidIf(true, own),
      ...(withKey || creditOf(question, answer) === 1
        ? saidIf(true, question.feedback)
        : saidIf(answer.length > 0 && !own, question.otherwise)),
    ]
  },
}

function creditOf({ accept, unit }: Numeric, [typed]: readonly string[]): number {
  const given = typed === undefined ? null : readNumber(typed)
  if (!given) return 0
  const credit = nearest(accept, given.value)?.credit ?? 0
  const said = plain(given.unit, { matchCase: false, matchAccents: false })
  const named = unit?.some(name => plain(name, { matchCase: false, matchAccents: false }) === said) ?? true
  return named ? credit : credit * withoutUnit
}

function foundIn({ accept }: Numeric, [typed]: readonly string[]) {
  const given = typed === undefined ? null : readNumber(typed)
  return given ? nearest(accept, given.value) : undefined
}

/** Of the numbers that `given` is near enough to, the one that earns most. */
const nearest = (accept: Numeric['accept'], given: number) =>
  accept
    // Decimal fractions are not exact: 0.1 + 0.2 is to be within 0 of 0.3.
    .filter(
      ({ value, tolerance }) => Math.abs(given - value) <= tolerance + 1e-9 * Math.max(1, Math.abs(value)),
    )
    .toSorted((a, b) => b.credit - a.credit)[0]

/**
 * A number as people type it, with what stands behind it: `3.5`, `3,5 kg`, `1 200`, `1,200.5`, `−4`, `20%`.
 * A comma before one or two digits, or any number but three, at the end is a decimal one.
 */
export function readNumber(typed: string): { value: number; unit: string } | null {
  const [, sign = '', digits = '', unit = ''] =
    /^([-+−]?)\s*((?:\d[\d\s'’.,]*)?\d|[.,]\d+)\s*(\D*)$/u.exec(typed.trim()) ?? []
  if (digits === '') return null
  const plainDigits = digits.replace(/[\s'’]/g, '')
  const decimal = decimalSign(plainDigits)
  const text = plainDigits.replace(/[.,]/g, (_, at: number) => (at === decimal ? '.' : ''))
  const value = Number(text) * (sign === '-' || sign === '−' ? -1 : 1)
  return Number.isFinite(value) ? { value, unit: unit.trim() } : null
}

/** Where the sign stands that parts the whole from its fraction; -1 where none does. */
function decimalSign(digits: string): number {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (last < 0) return -1
  const sign = digits[last]
  const isAlone = digits.indexOf(sign!) === last
  const otherBefore = /[.,]/.test(digits.slice(0, last).replaceAll(sign!, ''))
  const groups = digits.length - last - 1 === 3
  if (otherBefore) return last
  if (!isAlone) return -1
  return sign === ',' && groups && last > 0 ? -1 : last
}

const bestOf = ({ accept }: Numeric) =>
  accept.find(({ credit }) => credit === 1) ?? { value: 0, tolerance: 0 }

const withUnit = (number: string, { unit }: Numeric) => (unit ? `${number} ${unit[0]}` : number)

const valueOf = (question: Numeric): string => withUnit(String(bestOf(question).value), question)

/** The numbers that are right, as people say them. */
function keyOf(question: Numeric): string {
  const { value, tolerance } = bestOf(question)
  return tolerance === 0
    ? valueOf(question)
    : withUnit(`${value - tolerance} to ${value + tolerance}`, question)
}
