/** An answer of the API that names what is wrong. */
export const refusal = (status: number, error: string, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers })

/** The most that a request may bring: bytes. */
const mostBytes = 1024 * 1024

/** The JSON that a request brings, or the answer that says why it can't be read. */
export async function readJson(request: Request): Promise<{ json: unknown } | Response> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return refusal(415, 'Send JSON, with Content-Type: application/json.')
  const tooMuch = () => refusal(413, 'This is more than 1 MiB. Send it in smaller batches.')
  if (Number(request.headers.get('content-length')) > mostBytes) return tooMuch()
  try {
    const bytes = await bytesOf(request)
    if (bytes === null) return tooMuch()
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown }
  } catch {
    return refusal(400, 'The body is not JSON that can be read.')
  }
}

/** What a request brings, or null as soon as it is too much. */
async function bytesOf({ body }: Request): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > mostBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
