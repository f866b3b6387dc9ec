import { handOver } from './handover.mjs'
import { prepare, root, run } from './prepare.mjs'

await run(() => {
  const node = prepare({ say: line => console.error(line) })
  return handOver(node, `${root}/src/cli/main.ts`, process.argv.slice(2))
})
