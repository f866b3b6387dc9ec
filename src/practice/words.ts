import type { Content } from '../authoring/content.ts'

/** `45 minutes`, `1½ hours`: how long something took. */
export function lengthInWords(minutes: number): string {
  if (minutes < 60 || minutes % 30 !== 0) return minutes === 1 ? '1 minute' : `${minutes} minutes`
  const whole = Math.floor(minutes / 60)
  const hours = minutes % 60 === 0 ? String(whole) : `${whole}½`
  return minutes === 60 ? '1 hour' : `${hours} hours`
}

/** `group chat, moderated`, `3 positive reviews`, `−2 group chats`: a piece of evidence in words. */
export function evidenceInWords(
  content: Content,
  { kind, role, count = 1 }: { kind: string; role: string; count?: number },
): string {
  const known = content.evidenceKind(kind)
  const what =
    count === 1 ? (known?.title ?? kind) : `${count}`.replace('-', '−') + ` ${known?.plural ?? kind}`
  return role === '' ? what : `${what}, ${role}`
}
