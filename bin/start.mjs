import { build } from './build.mjs'
import { handOver } from './handover.mjs'
import { prepare, root, run } from './prepare.mjs'

await run(() => {
  const node = prepare()
  build(node)
  return handOver(node, `${root}/src/serve/main.ts`, process.argv.slice(2))
})
