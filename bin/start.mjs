import { build } from './build.mjs'
import { handOver } from './handover.mjs'
import { prepare, root, run } from './prepare.mjs'

const args = process.argv.slice(2)

await run(() => {
  const node = prepare()
  build(node)
  return args.includes('--build-only') ? 0 : handOver(node, `${root}/src/serve/main.ts`, args)
})
