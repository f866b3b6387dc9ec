import { childOf, childrenOf, type Element, textOf, within } from '../markup/tree.ts'
import { numberIn } from '../numbers.ts'
import { Refusal } from '../reading.ts'

/** What a response declaration says of what is right. */
export type Response = {
  readonly cardinality: string
  readonly baseType: string
  readonly line: number
  /** As they stand in the correct response. */
  readonly correct: readonly string[]
  /** Whether parts of the answer earn parts of the points. */
  readonly isMapped: boolean
  /** Each answer that earns something or is mapped, with its share of the most. */
  readonly keys: readonly { readonly key: string; readonly weight: number }[]
  /** The share of the points that this earns. */
  readonly weightOf: (key: string) => number
  /** Whether these earn more or less than each other. */
  readonly isUneven: (keys: readonly string[]) => boolean
  readonly isCased: boolean
}

/** The declaration that an interaction answers to. @throws Refusal where there is none, or it knows nothing right */
export function responseOf(item: Element, interaction: Element): Response {
  const name = interaction.attributes['response-identifier']
  const declaration = childrenOf(item, 'qti-response-declaration').find(
    ({ attributes }) => attributes.identifier === name,
  )
  if (!declaration)
    throw new Refusal(
      `no <qti-response-declaration> says what '${name ?? ''}' takes`,
      'Export it once more.',
      interaction.line,
    )
  const correct = childrenOf(childOf(declaration, 'qti-correct-response') ?? declaration, 'qti-value').map(
    value => textOf(value).trim(),
  )
  const entries = isMapped(item) ? entriesOf(declaration) : []
  if (correct.length === 0 && entries.length === 0)
    throw new Refusal('it does not say what is right', 'Add `<qti-correct-response>`.', declaration.line)
  const { cardinality = 'single', 'base-type': baseType = 'identifier' } = declaration.attributes
  const values = entries.map(({ value }) => value)
  // Of one answer the most counts; of several all that is gained.
  const most =
    cardinality === 'single'
      ? Math.max(0, ...values)
      : values.filter(value => value > 0).reduce((sum, value) => sum + value, 0)
  const shares = new Map(
    most > 0
      ? entries.map(({ key, value }) => [key, value / most])
      : correct.map(key => [key, cardinality === 'single' ? 1 : 1 / correct.length]),
  )
  return {
    ...{ cardinality, baseType, correct, line: declaration.line, isMapped: most > 0 },
    keys: [...shares].map(([key, weight]) => ({ key, weight })),
    weightOf: key => shares.get(key) ?? 0,
    isUneven: keys => new Set(keys.map(key => Math.round((shares.get(key) ?? 0) * 1000))).size > 1,
    isCased: most > 0 ? entries.some(({ isCased }) => isCased) : true,
  }
}

const isMapped = (item: Element): boolean => {
  const processing = childOf(item, 'qti-response-processing')
  if (!processing) return true
  return (
    (processing.attributes.template ?? '').includes('map_response') ||
    within(processing, 'qti-map-response').length > 0
  )
}

const entriesOf = (declaration: Element) =>
  childrenOf(childOf(declaration, 'qti-mapping') ?? declaration, 'qti-map-entry').map(({ attributes }) => ({
    key: attributes['map-key'] ?? '',
    value: numberIn(attributes['mapped-value'] ?? '') ?? 0,
    isCased: attributes['case-sensitive'] !== 'false',
  }))

/** How closely words are to match: QTI looks at the case of letters unless it says otherwise. */
export const closenessOf = ({ attributes }: Element, response: Response) => ({
  'match-case': response.isCased || undefined,
  'match-accents': attributes['data-match-accents'] === 'true' || undefined,
})
