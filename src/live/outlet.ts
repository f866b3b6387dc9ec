/** How often something is sent so that nothing between us and the browser takes the stream for dead: milliseconds. */
const beat = 25_000
/** After so long a stream ends, and the browser asks anew: so that its rights are looked at again. Milliseconds. */
const lifetime = 10 * 60_000

/** A stream of server-sent events that one can send to and end from outside; it beats, and it ends by itself. */
export function outlet() {
  const encoder = new TextEncoder()
  const cleanUps: (() => void)[] = []
  let open: ReadableStreamDefaultController<Uint8Array> | undefined
  const send = (text: string) => open?.enqueue(encoder.encode(text))
  const settle = () => {
    open = undefined
    for (const cleanUp of cleanUps.splice(0)) cleanUp()
  }
  const end = () => {
    open?.close()
    settle()
  }
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      open = controller
    },
    cancel: settle,
  })
  // Not all at once after a restart.
  send(`retry: ${Math.round(1_000 + Math.random() * 3_000)}\n\n`)
  const beating = setInterval(send, beat, ':\n\n')
  const ending = setTimeout(end, lifetime)
  cleanUps.push(() => {
    clearInterval(beating)
    clearTimeout(ending)
  })
  return { stream, send, end, whenEnded: (cleanUp: () => void) => void cleanUps.push(cleanUp) }
}

/** One event. Its id is what the browser says on coming back, so that it need not remember how far it had come. */
export const eventOf = (data: unknown, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
