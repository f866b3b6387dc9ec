/**
 * Says at the foot of the window, in the region that `Note.astro` drew, that something has come which is not on the
 * page yet, and offers to show it. Never moves anything; empty text takes the note away.
 */
export function note(id: string, { text, show }: { text: string; show: string }, onShow: () => void): void {
  const region = document.getElementById(id)
  const words = region?.querySelector('[role=status]')
  const button = region?.querySelector('button')
  if (!words || !button) return
  // Only text: a name is never read as HTML.
  if (words.textContent !== text) words.textContent = text
  button.textContent = show
  button.hidden = text === ''
  button.parentElement?.classList.toggle('unseen', text === '')
  button.onclick = onShow
}
