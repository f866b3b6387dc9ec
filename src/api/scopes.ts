/** What a token can open: closed unless somebody ticks it. The names are part of the API and stay as they are. */
export const scopes = {
  'evidence:write': {
    title: 'Send evidence',
    help: 'What volunteers did in the rooms; it counts towards badges.',
  },
  'badges:read': {
    title: 'Read badges',
    help: 'Which badges people hold, and which rooms are open to them.',
  },
} as const

export type Scope = keyof typeof scopes

export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]]
