import { afterEach, beforeEach, expect, vi } from 'vitest'

/**
 * An error on the console that no test asked for fails the test. One that expects it replaces the spy with its own:
 * `vi.spyOn(console, 'error').mockImplementation(() => {})`, and looks at the calls.
 */
beforeEach(() => {
  const said: unknown[][] = []
  const spy = vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) => void said.push(words))
  const own = spy.getMockImplementation()
  return () => {
    const replaced = spy.getMockImplementation() !== own
    spy.mockRestore()
    if (!replaced) expect(said, 'errors on the console').toEqual([])
  }
})

afterEach(() => {
  vi.useRealTimers()
})
