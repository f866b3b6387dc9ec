/** Stands in for `astro:actions` where actions are listed and not run: an action is then its handler. */
export const defineAction = ({ handler }: { handler: unknown }) => handler
