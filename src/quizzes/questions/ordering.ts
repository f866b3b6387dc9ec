import { z } from 'zod'
import { markdown } from '../../authoring/text.ts'
import { explainedFields, saidIf } from './explained.ts'
import {
  type Answer,
  type Common,
  commonFields,
  inRandomOrder,
  type Kind,
  letter,
  randomFrom,
  sameSet,
} from './kind.ts'

/** Things to be put in order. */
export type Ordering = Common & {
  readonly kind: 'ordering'
  /** As they are shown: not in their order. */
  readonly items: readonly { readonly id: string; readonly text: string }[]
  /** Their ids in the right order. */
  readonly order: readonly string[]
  readonly feedback: string | undefined
}

/** An answer has for each item, as shown, its place in the order, from 1. */
export type OrderingPaper = { readonly kind: 'ordering'; readonly items: readonly string[] }

export const orderingSchema = z.strictObject({
  ...commonFields,
  ...explainedFields,
  kind: z.literal('ordering'),
  items: z
    .array(markdown(300))
    .min(3)
    .max(10)
    .describe('the items in the right order; they are shown in another'),
})

export const checkOrdering = ({ items }: z.output<typeof orderingSchema>, ctx: z.RefinementCtx) => {
  const twice = items.findIndex((item, index) => items.indexOf(item) < index)
  if (twice >= 0)
    ctx.addIssue({
      code: 'custom',
      path: ['items', twice],
      message: 'stands here twice\nKeep one of the two.',
    })
}

export function asOrdering({
  unexplained: _,
  items,
  feedback,
  ...written
}: z.output<typeof orderingSchema>): Ordering {
  const lettered = items.map((text, index) => ({ id: letter(index), text }))
  return reordered(
    { ...written, feedback, items: lettered, order: lettered.map(({ id }) => id) },
    randomFrom(written.id),
  )
}

/** Never in the right order, which would be given away. */
function reordered(question: Ordering, random: () => number): Ordering {
  const drawn = inRandomOrder(question.items, random)
  const isRight = drawn.every(({ id }, index) => id === question.order[index])
  const items = isRight ? [...drawn.slice(1), drawn[0]!] : drawn
  const renamed = new Map(items.map(({ id }, index) => [id, letter(index)]))
  return {
    ...question,
    items: items.map(({ text }, index) => ({ id: letter(index), text })),
    order: question.order.map(id => renamed.get(id)!),
  }
}

/** The ids in the order that an answer puts them in; undefined where an item or a place is left out. */
function orderIn({ items }: Ordering, answer: Answer): (string | undefined)[] {
  return items.map((_, place) => {
    const here = items.filter((_, index) => answer[index] === String(place + 1))
    return here.length === 1 ? here[0]!.id : undefined
  })
}

/** Of the pairs of neighbours in the right order, the share that an answer has as neighbours too. */
function creditOf(question: Ordering, answer: Answer): number {
  const given = orderIn(question, answer)
  const pairs = question.order.slice(1).map((id, index) => [question.order[index], id] as const)
  const kept = pairs.filter(([one, next]) => {
    const at = given.indexOf(one)
    return at >= 0 && given[at + 1] === next
  })
  return kept.length / pairs.length
}

export const ordering: Kind<Ordering, OrderingPaper> = {
  shuffled: reordered,
  paper: ({ items }) => ({ kind: 'ordering', items: items.map(({ text }) => text) }),
  clean: ({ items }, posted) => {
    const places = new Set(items.map((_, index) => String(index + 1)))
    const given = items.map((_, index) => (places.has(posted[index] ?? '') ? posted[index]! : ''))
    return given.some(Boolean) ? given : []
  },
  open: (question, answer) => orderIn(question, answer).filter(id => id === undefined).length,
  key: ({ items, order }) => items.map(({ id }) => String(order.indexOf(id) + 1)),
  credit: creditOf,
  asAsked(today, asked) {
    const texts = ({ items }: Ordering) => items.map(({ text }) => text)
    if (!sameSet(texts(today), texts(asked))) return null
    const textOf = new Map(today.items.map(({ id, text }) => [id, text]))
    const idOf = new Map(asked.items.map(({ id, text }) => [text, id]))
    return {
      ...today,
      items: asked.items,
      order: today.order.map(id => idOf.get(textOf.get(id) ?? '') ?? ''),
    }
  },
  reviewed: (question, answer, withKey) => {
    const textOf = new Map(question.items.map(({ id, text }) => [id, text]))
    const given = orderIn(question, answer)
    return {
      as: 'parts',
      parts: question.order.map((id, place) => ({
        label: `${place + 1}`,
        given: textOf.get(given[place] ?? '') ?? null,
        right: given[place] === id,
        key: withKey ? textOf.get(id) : undefined,
      })),
    }
  },
  said: (question, answer, withKey) => saidIf(withKey || creditOf(question, answer) === 1, question.feedback),
}
