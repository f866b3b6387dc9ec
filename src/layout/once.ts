/** HTML that does not change while the process lives, by name. Rendering MDX costs five times the page around it. */
export const kept = new Map<string, string>()
