import { asMarkdown } from '../markup/markdown.ts'
import type { Taking } from '../markup/sayable.ts'
import { childOf, type Element, everythingIn, textOf, within } from '../markup/tree.ts'

/** Who is told what once they have answered. */
export class SaidTo {
  /** Markdown for everybody. */
  readonly general: string | undefined
  readonly #texts: Map<string, string>

  constructor(general: string | undefined, texts: Map<string, string>) {
    this.general = general
    this.#texts = texts
  }

  /** What is said where FEEDBACK has one of these values; it counts as used. */
  take(...identifiers: readonly string[]): string | undefined {
    const found = identifiers.find(identifier => this.#texts.has(identifier))
    const text = found === undefined ? undefined : this.#texts.get(found)
    if (found !== undefined) this.#texts.delete(found)
    return text
  }

  /** To any right answer. */
  right(): string | undefined {
    return this.take('correct', 'right')
  }

  /** To any wrong answer. */
  wrong(): string | undefined {
    return this.take('incorrect', 'wrong', 'otherwise')
  }

  unused(): number {
    return this.#texts.size
  }
}

const names = ['qti-modal-feedback', 'qti-feedback-block', 'qti-feedback-inline']

/** All feedback of an item by the value that shows it; what is always shown is general. */
export function feedbackIn(item: Element, taking: Taking): SaidTo {
  const texts = new Map<string, string>()
  const general: string[] = []
  for (const block of within(item, ...names)) {
    const { identifier = '', 'show-hide': showHide } = block.attributes
    const text = asMarkdown(block, taking)
    if (text === '') continue
    if (showHide === 'hide' || /^(general|solution|all)$/i.test(identifier)) general.push(text)
    else texts.set(identifier, [texts.get(identifier), text].filter(Boolean).join('\n\n'))
  }
  return new SaidTo(general.length > 0 ? general.join('\n\n') : undefined, texts)
}

/** One branch of the scoring: what is compared, and what follows. */
export type Branch = {
  /** What the answer is compared with; undefined where it is with the right one. */
  readonly value: string | undefined
  /** `qti-equal`, `qti-string-match` or `qti-match`. */
  readonly by: Element | undefined
  readonly score: string | undefined
  readonly feedback: string | undefined
}

/** The branches of the scoring, where they compare the answer with one thing each. */
export function branchesOf(item: Element): Branch[] {
  const processing = childOf(item, 'qti-response-processing')
  if (!processing) return []
  return everythingIn(processing)
    .filter(({ name }) => name === 'qti-response-if' || name === 'qti-response-else-if')
    .map(branch => {
      const by = within(branch, 'qti-equal', 'qti-string-match', 'qti-match')[0]
      const set = (name: RegExp) =>
        within(branch, 'qti-set-outcome-value').find(({ attributes }) =>
          name.test(attributes.identifier ?? ''),
        )
      const value = (element: Element | undefined) => element && childOf(element, 'qti-base-value')
      const text = (element: Element | undefined) =>
        value(element) ? textOf(value(element)).trim() : undefined
      return { by, value: text(by), score: text(set(/^SCORE$/)), feedback: text(set(/FEEDBACK/)) }
    })
}
