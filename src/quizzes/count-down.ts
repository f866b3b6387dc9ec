/** Says how long a try may still take: in sight each second of the last minutes, aloud at ten, five and one. */
export function countDown(): void {
  const place = document.querySelector<HTMLElement>('[data-ends-at]:not([data-tended])')
  const left = place?.querySelector('[data-left]')
  const said = place?.querySelector('[data-said]')
  if (!place || !left || !said) return
  place.dataset.tended = ''
  const endsAt = Date.parse(place.dataset.endsAt ?? '')
  let before = Infinity
  const tell = () => {
    const seconds = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000))
    left.textContent = `, ${inWords(seconds)} left`
    const aloud = [600, 300, 60, 0].find(mark => before > mark && seconds <= mark)
    if (aloud !== undefined && before !== Infinity)
      said.textContent =
        aloud === 0 ? 'The time is over. Hand in to see how it went.' : `${inWords(aloud)} left`
    before = seconds
    if (seconds === 0) clearInterval(timer)
  }
  const timer = setInterval(tell, 1000)
  tell()
}

/** `12 minutes`; in the last two `1:05`. */
export const inWords = (seconds: number): string =>
  seconds > 120
    ? `${Math.ceil(seconds / 60)} minutes`
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
