import htmx from 'htmx.org'
import { listenToKeys, tendKeys } from './keys/keys.ts'
import { followFocus } from './keys/keys-of-marking.ts'
import { listenToDesks } from './live/live-desk.ts'
import './marking-page.ts'

/** On the list and on each marking, and again whenever htmx has drawn a part of it anew. */
function tend(): void {
  tendKeys()
  listenToDesks()
}

listenToKeys()
followFocus()
htmx.on('htmx:after:swap', tend)
tend()
