import { listen } from './live.ts'
import { watchReading } from './reading.ts'

/** On every page that shows a discussion, and again whenever htmx has drawn a part of it anew. */
function tend(): void {
  watchReading()
  listen()
}

document.addEventListener('htmx:after:swap', tend)
tend()
