import { readBytes } from '../../api/json.ts'
import type { Asked } from './verify.ts'

/** Why what was posted can't be taken. */
export interface Refused {
  status: 400 | 413 | 415
  sentence: string
}

/** In which forms a credential may be sent by itself. */
export const sentAs = [
  'application/json',
  'application/ld+json',
  'application/vc',
  'application/jwt',
  'application/vc+jwt',
  'image/png',
  'image/svg+xml',
] as const

/** What a request brings to be checked: a form with a `text` or a `file` and perhaps an `email`, or a file by itself. */
export async function readAsked(request: Request): Promise<Asked | Refused> {
  const type = request.headers.get('content-type') ?? ''
  const kind = type.split(';')[0]!.trim().toLowerCase()
  const isForm = ['multipart/form-data', 'application/x-www-form-urlencoded'].includes(kind)
  const asked: readonly string[] = sentAs
  if (!isForm && !asked.includes(kind))
    return { status: 415, sentence: `Send a form with a text or a file, or one of ${sentAs.join(', ')}.` }
  const bytes = await readBytes(request)
  if (bytes === null)
    return {
      status: 413,
      sentence:
        'This is more than 1 MB, and was not read. No certificate of ours is so large: one has about 20 KB.',
    }
  if (!isForm) return { file: bytes }
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => null)
  return form ? askedIn(form) : { status: 400, sentence: 'The form can’t be read. Please try again.' }
}

async function askedIn(form: FormData): Promise<Asked | Refused> {
  const given = form.get('file')
  // A browser sends an empty file where none was chosen.
  const file = given instanceof File && given.size > 0 ? new Uint8Array(await given.arrayBuffer()) : undefined
  const text = textIn(form, 'text')
  const email = textIn(form, 'email')
  if (!file && !text) return { status: 400, sentence: 'Please paste a link or a code, or choose a file.' }
  if (file && text)
    return { status: 400, sentence: 'Please check one thing at a time: what you have pasted, or the file.' }
  if (email !== undefined && !/^\S{1,200}@\S{1,250}$/.test(email))
    return { status: 400, sentence: 'Please type the whole e-mail address, such as hope@example.org.' }
  return { text, file, email }
}

function textIn(form: FormData, name: string): string | undefined {
  const value = form.get(name)
  return (typeof value === 'string' && value.trim()) || undefined
}
