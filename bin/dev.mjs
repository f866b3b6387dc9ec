import { handOver } from './handover.mjs'
import { prepare, root, run } from './prepare.mjs'

/* npm run dev: the site as it is being written, drawn anew with each edit. */
await run(() => handOver(prepare({ development: true }), `${root}/src/serve/dev.ts`, process.argv.slice(2)))
