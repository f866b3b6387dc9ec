/** HTML that does not change while the process lives, by name. Rendering MDX costs five times the page around it. */
export const kept = new Map<string, string>()

/**
 * Whether `Once` has the HTML of this name already. The page asks before it puts anything into the slot: Astro makes
 * a component as soon as it is written there, and renders one that may bring styles along, whoever uses it.
 */
export const isKept = (name: string): boolean => !import.meta.env.DEV && kept.has(name)
