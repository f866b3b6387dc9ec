/** A person's doings, one after another: it yields the moment at which it goes on. */
export type Life = AsyncGenerator<Date, void, void>

/** Lets everybody live side by side, always going on with whoever is next, until the present comes. */
export async function live(
  lives: readonly Life[],
  present: Date,
  at: (moment: Date) => Promise<unknown>,
): Promise<void> {
  const waiting: { life: Life; at: Date }[] = []
  const goOn = async (life: Life) => {
    const { value, done } = await life.next()
    if (!done && value < present) waiting.push({ life, at: value })
  }
  for (const life of lives) await goOn(life)
  let now = new Date(0)
  for (;;) {
    const next = waiting.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0]
    if (!next) return
    waiting.splice(waiting.indexOf(next), 1)
    if (next.at > now) await at((now = next.at))
    await goOn(next.life)
  }
}
