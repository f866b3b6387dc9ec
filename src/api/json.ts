/** An answer of the API that names what is wrong. */
export const refusal = (status: number, error: string, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers })

/** The most that a request may bring: bytes. */
const mostBytes = 1024 * 1024

/** The JSON that a request brings, or the answer that says why it can't be read. */
export async function readJson(request: Request): Promise<{ json: unknown } | Response> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return refusal(415, 'Send JSON, with Content-Type: application/json.')
  const bytes = await readBytes(request)
  if (bytes === null) return refusal(413, 'This is more than 1 MiB. Send it in smaller batches.')
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown }
  } catch {
    return refusal(400, 'The body is not JSON that can be read.')
  }
}

/** What a request brings, or null as soon as it is too much. */
export async function readBytes({ headers, body }: Request): Promise<Uint8Array | null> {
  if (Number(headers.get('content-length')) > mostBytes) return null
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength
      if (size > mostBytes) return null
      chunks.push(chunk)
    }
  } catch {
    // The server under us ends a long body in the middle; and whoever cut off their own hears no answer.
    return null
  }
  return Buffer.concat(chunks)
}
