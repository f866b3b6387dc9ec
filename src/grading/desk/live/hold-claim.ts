import { say } from '../../../layout/say.ts'

/** How often a claim is renewed: milliseconds, a third of how long it lasts. */
const renewal = 5 * 60_000

/** This page, apart from the same one opened elsewhere or before: no other lets go of the claim it holds. */
const page = crypto.randomUUID()
let holding: HTMLElement | null = null

/** Holds the claim on the marking that this page shows for as long as it is open, and lets go as it is left. */
export function holdClaim(): void {
  const held = document.getElementById('claim-held')
  if (held === holding) return
  holding = held
  if (held) void renew()
}

async function renew(): Promise<void> {
  const { claim, marking } = holding?.dataset ?? {}
  if (!claim || !marking) return
  const answer = await fetch(claim, { method: 'POST', body: aboutClaim(marking), redirect: 'manual' }).catch(
    () => null,
  )
  if (answer?.status === 409)
    say({
      kind: 'attention',
      text: 'Your time with this reflection ran out, and another mentor has it now. Your words stay here.',
    })
}

function letGo(): void {
  const { release, marking } = holding?.dataset ?? {}
  if (release && marking) navigator.sendBeacon(release, aboutClaim(marking))
}

const aboutClaim = (marking: string) => new URLSearchParams({ marking, page })

setInterval(() => void renew(), renewal)
window.addEventListener('pagehide', letGo)
// A page that comes back from the browser's own memory let go of it as it was left.
window.addEventListener('pageshow', event => {
  if (event.persisted) void renew()
})
