/** A stream of events as the answer to a browser; without one, 204 tells it not to ask again. */
export function answerWith(stream: ReadableStream<Uint8Array> | null): Response {
  if (!stream) return new Response(null, { status: 204 })
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      // Neither kept nor compressed: by us, or by a proxy.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

/** For HEAD: a stream that nobody reads would stay open. */
export const onlyGet = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } })
