/** A part of a page or a file, however it was read. */
export type Element = {
  /** In small letters for HTML, as written for XML, without a prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (Element | string)[]
  /** From 1. */
  readonly line: number
}

export const isElement = (node: Element | string): node is Element => typeof node !== 'string'

export const childrenOf = (element: Element, ...names: readonly string[]): Element[] =>
  element.children.filter(isElement).filter(({ name }) => names.includes(name))

export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((node): node is Element => isElement(node) && node.name === name)

/** All the words in it, as they stand. */
export const textOf = (element: Element | undefined): string =>
  element?.children.map(node => (isElement(node) ? textOf(node) : node)).join('') ?? ''

/** Everything in it, outermost first. */
export function everythingIn(element: Element): Element[] {
  const found: Element[] = []
  const walk = (one: Element) => {
    for (const child of one.children) {
      if (!isElement(child)) continue
      found.push(child)
      walk(child)
    }
  }
  walk(element)
  return found
}

/** Of everything in it what has one of these names. */
export const within = (element: Element, ...names: readonly string[]): Element[] =>
  everythingIn(element).filter(({ name }) => names.includes(name))

/** How deep things may stand in each other. */
export const deepest = 60
