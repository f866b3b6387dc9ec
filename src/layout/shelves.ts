/** Where the browser lets us keep things: for good, and for as long as this tab is open. Null where it forbids it. */
export const shelf = reach(() => localStorage)
export const tabShelf = reach(() => sessionStorage)

function reach(storage: () => Storage): Storage | null {
  try {
    return storage()
  } catch {
    return null
  }
}
