/** What a person at the terminal can mend is one sentence; anything else is ours, and shows where it broke. */
const forPeople = ['BadSetting', 'NoDatabase', 'NotListening']

try {
  // Not above, because reading the settings may already fail.
  const { serve } = await import('./serve.ts')
  await serve({ demo: process.argv.includes('--demo') })
} catch (error) {
  console.error(error instanceof Error && forPeople.includes(error.name) ? error.message : error)
  process.exit(1)
}
