import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * What a file holds that only its owner may read; where there is none yet, `make` says what goes into it. Two
 * processes may get here at once: a link to an existing name fails, so that both use the first one's.
 */
export function keptOnce(file: string, make: () => string): string {
  if (!existsSync(file)) {
    const draft = writeDraft(file, make())
    try {
      linkSync(draft, file)
    } catch (error) {
      if (!existsSync(file)) throw error
    } finally {
      rmSync(draft)
    }
  }
  return readFileSync(file, 'utf8')
}

/** A file beside `file` that its owner alone may read, to be linked or renamed: nobody ever reads half of it. */
export function writeDraft(file: string, text: string): string {
  const draft = `${file}.${process.pid}`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  return draft
}
