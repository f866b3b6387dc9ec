import { Unbaked } from '../baked/unbaked.ts'
import type { JsonObject } from '../json-ld.ts'

/** How deep lists and objects may lie in one another: a credential of ours has five levels. */
const deepest = 40

const tokens = /"(?:[^"\\]+|\\.)*"|[{}[\]:]/g

/**
 * An object in JSON that every reader understands alike: where a name stands twice, one reader takes the first value
 * and another the last, and what was checked would not be what is shown.
 * @throws Unbaked with a sentence for whoever brought it
 */
export function strictJson(text: string): JsonObject {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unbaked('This is JSON, but no credential.')
  ensureOneMeaning(text)
  return value as JsonObject
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Unbaked('This looks like JSON but can’t be read. A part of it may be missing.')
  }
}

/** Of text that is known to be JSON. */
function ensureOneMeaning(text: string): void {
  const open: Set<string>[] = []
  let last = ''
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      if (open.push(new Set()) > deepest) throw new Unbaked('This JSON lies too deep in itself.')
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':') ensureNew(JSON.parse(last) as string, open.at(-1)!)
    last = token
  }
}

function ensureNew(name: string, known: Set<string>): void {
  if (known.has(name)) throw new Unbaked('This JSON says something twice, so that it could mean two things.')
  if (name === '__proto__') throw new Unbaked('This JSON has a name in it that no credential has.')
  known.add(name)
}
