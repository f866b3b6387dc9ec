import { type Browser, expect, test } from '@playwright/test'
import type { Visitor } from '../visitor.ts'
import { changes, course } from './content.ts'
import type { Place } from './place.ts'

const slugs = ['kept', 'refreshed', 'done-again'] as const
const page = (slug: string) => `/courses/${course}/${slug}`

/** Finishes the course as it was at first. */
export async function finish(place: Place, browser: Browser, scripts: boolean): Promise<Visitor> {
  const visitor = await place.somebody(browser, scripts)
  await visitor.take(course)
  for (const slug of slugs) await visitor.read(`${course}/${slug}`)
  await visitor.page.goto(`/courses/${course}`)
  await visitor.sees('3 of 3 modules')
  await visitor.sees(/You finished this course on .*, and that stays\./)
  return visitor
}

/** What a finished course asks of whoever finished it, once its author has changed it. */
export function revised(finished: (scripts: boolean) => Visitor): void {
  for (const scripts of [true, false])
    test(`who has finished stays finished, is told what each change asks of them, and does it, ${scripts ? 'with' : 'without'} JavaScript`, async () => {
      const ivy = finished(scripts)
      const main = ivy.page.locator('main')
      await ivy.page.goto('/')
      await ivy.sees('“Done again” has changed so much that it asks to be read again.')
      await ivy.sees('Changed since you finished')
      await ivy.sees(changes.refresh)
      await ivy.sees(/Please look at it by .*\. What you have finished stays finished\./)
      await expect(main).not.toContainText(changes.keep)
      await expect(main).not.toContainText('Added')
      await ivy.sees('2 of 3 modules')

      await ivy.page.goto(`/courses/${course}`)
      await ivy.sees(/You finished this course on .*, and that stays\./)
      await ivy.sees('2 of 3 modules')
      await ivy.sees('5 minutes, if you like')

      await ivy.page.goto(page('kept'))
      await ivy.sees('You have read this module.')
      await expect(main).not.toContainText(/changed/i)

      await ivy.page.goto(page('refreshed'))
      await ivy.sees('You have read this module.')
      await ivy.sees(changes.refresh)
      await ivy.press('I have read what changed')
      await ivy.misses(changes.refresh)

      await ivy.page.goto(page('done-again'))
      await ivy.sees('Please read it again')
      await ivy.sees(changes.redo)
      await ivy.sees(
        /your earlier reading does not count for now\. It is kept, and so is every badge you hold/,
      )
      await ivy.read(`${course}/done-again`)
      await ivy.page.goto(`/courses/${course}`)
      await ivy.sees('3 of 3 modules')

      await ivy.page.goto(page('added'))
      await ivy.sees('New since you finished this course. It is here if you like.')
      await ivy.read(`${course}/added`)
      await ivy.page.goto(`/courses/${course}`)
      await ivy.sees('4 of 4 modules')
      await ivy.page.goto('/')
      await ivy.misses('Changed since you finished')
    })
}
