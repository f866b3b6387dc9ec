/**
 * Signs that were escaped, each as half of a sign that no text has, so that what is left unescaped means something.
 * A backslash before any other sign is a backslash.
 */
const signs = [':', '#', '=', '{', '}', '~', '\n', '\\'] as const
const first = 0xd800

const escapes = new Map<string, string>(
  signs.map((sign, index) => [sign === '\n' ? 'n' : sign, String.fromCharCode(first + index)]),
)

export const hidden = (text: string): string =>
  text.replace(/\\([:#={}~n\\])/g, (_, sign: string) => escapes.get(sign)!)

// Halves of signs, each followed by no other half.
const halves = /[\uD800-\uD807](?![\uDC00-\uDFFF])/g

export const shown = (text: string): string =>
  text.replace(halves, half => signs[half.charCodeAt(0) - first] ?? half)

/** A text whose signs mean nothing but themselves, in one line. */
export const escaped = (text: string): string => text.replace(/[\\:#={}~]/g, '\\$&').replace(/\n/g, '\\n')
