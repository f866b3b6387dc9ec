import { build } from './build.mjs'
import { handOver } from './handover.mjs'
import { prepare, root, run } from './prepare.mjs'

/*
 * npm run bench              what pages and writes cost, each as a ratio to a bare server in the same run
 * npm run bench -- reading   one part of it: reading, posting, grading, size, desk, analysis or content
 */
await run(() => {
  const node = prepare({ development: true })
  build(node)
  return handOver(node, `${root}/tests/bench/main.ts`, process.argv.slice(2))
})
