import type { Content } from '../authoring/content.ts'

/** `group chat, moderated`, `3 positive reviews`: a piece of evidence in words. */
export function evidenceInWords(
  content: Content,
  { kind, role, count = 1 }: { kind: string; role: string; count?: number },
): string {
  const known = content.evidenceKind(kind)
  const what = count === 1 ? (known?.title ?? kind) : `${count} ${known?.plural ?? kind}`
  return role === '' ? what : `${what}, ${role}`
}
