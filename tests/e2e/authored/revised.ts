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
  await visitor.reflect(`${course}/answered-again`, 'By somebody who said my name.')
  await place.db.$client`update submission set state = 'passed', submitted_at = now() - interval '2 days'
    where author_id = (select id from person where handle = ${visitor.handle})`
  for (const slug of slugs) await visitor.read(`${course}/${slug}`)
  await visitor.page.goto(`/courses/${course}`)
  await visitor.sees('4 of 4 modules')
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
      await ivy.sees('2 of 4 modules')

      await ivy.page.goto(`/courses/${course}`)
      await ivy.sees(/You finished this course on .*, and that stays\./)
      await ivy.sees('2 of 4 modules')
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
      await ivy.page.goto('/')
      await ivy.sees('“Answered again” has changed so much that its question asks for another answer.')

      await ivy.follow('Revise your reflection')
      await ivy.sees('Please answer it again')
      await ivy.sees(changes.redo)
      await ivy.sees(/your earlier answer does not count for now\. It is kept with what your mentor wrote/)
      await ivy.follow('Revise your reflection')
      await ivy.page.getByRole('textbox', { name: 'Revise your reflection' }).fill('And by the new step.')
      await ivy.press('Send to the mentors again')
      await ivy.sees('Your reflection is with the mentors again.')
      await ivy.misses('Please answer it again')
      await ivy.page.goto(`/courses/${course}`)
      await ivy.sees('4 of 4 modules')

      await ivy.page.goto(page('added'))
      await ivy.sees('New since you finished this course. It is here if you like.')
      await ivy.read(`${course}/added`)
      await ivy.page.goto(`/courses/${course}`)
      await ivy.sees('5 of 5 modules')
      await ivy.page.goto('/')
      await ivy.misses('Changed since you finished')
    })
}
