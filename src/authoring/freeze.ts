/** Freezes plain data through and through. Maps are walked too; their type keeps them from being written to. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  const parts = value instanceof Map ? value.values() : Object.values(value)
  for (const part of parts) freeze(part)
  return Object.freeze(value)
}
