/** Before a stream that was refused is asked for again: milliseconds, doubled each time. */
const firstPause = 10_000
const longestPause = 5 * 60_000

export interface Source {
  /** Opens the stream, unless it is open or there is none to open. */
  connect: () => void
  disconnect: () => void
}

/**
 * A stream of events that is open while the tab is looked at: browsers open six connections to a site at most, so a
 * tab that nobody looks at gives its own back.
 * @param address where the stream is now, with how far this page has come; undefined where there is none
 * @param hear is called with each event's data and the id of the last event that had one
 */
export function sourceOf(
  address: () => string | undefined,
  hear: (data: string, lastId: string) => void,
): Source {
  let source: EventSource | undefined
  let pause = firstPause

  function connect(): void {
    const at = address()
    if (source || at === undefined || document.hidden) return
    source = new EventSource(at)
    source.onopen = () => (pause = firstPause)
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => hear(data, lastEventId)
    source.onerror = () => {
      // Otherwise the browser tries again by itself.
      if (source?.readyState !== EventSource.CLOSED) return
      disconnect()
      setTimeout(connect, pause)
      pause = Math.min(2 * pause, longestPause)
    }
  }

  function disconnect(): void {
    source?.close()
    source = undefined
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) disconnect()
    else connect()
  })
  window.addEventListener('pagehide', disconnect)
  window.addEventListener('pageshow', connect)
  window.addEventListener('offline', disconnect)
  window.addEventListener('online', connect)
  return { connect, disconnect }
}
