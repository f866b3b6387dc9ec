import htmx from 'htmx.org'
import '../comments/picker.ts'
import { holdClaim } from './live/hold-claim.ts'

// Opening a reflection that is free claims it; without a script its button does.
const form = document.getElementById('claim')
if (form instanceof HTMLFormElement && !document.querySelector('.error-summary')) form.requestSubmit()

holdClaim()
htmx.on('htmx:after:swap', holdClaim)
