import { randomUUID } from 'node:crypto'
import { expect, type Browser, type Locator, type Page } from '@playwright/test'
import { content } from '../../src/authoring/content.ts'
import type { Ordering } from '../../src/quizzes/questions/ordering.ts'
import { kindOf, type Question } from '../../src/quizzes/questions/question.ts'
import type { Scene } from '../../src/quizzes/questions/scene.ts'
import { password } from '../support/cast.ts'

/** Somebody at their browser, who finds things by the words on the page and presses them, with JavaScript or without. */
export class Visitor {
  readonly page: Page
  readonly handle: string
  private readonly origin: string

  private constructor(page: Page, handle: string, origin: string) {
    this.page = page
    this.handle = handle
    this.origin = origin
  }

  static async open(
    browser: Browser,
    handle: string,
    { origin, scripts }: { origin: string; scripts: boolean },
  ) {
    const context = await browser.newContext({ baseURL: origin, javaScriptEnabled: scripts })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    return new Visitor(page, handle, origin)
  }

  /** Somebody who has signed up, and takes a course if one is named: for what comes after, without a look at any page. */
  static async joined(
    browser: Browser,
    handle: string,
    { name = handle, course, ...site }: { origin: string; scripts: boolean; name?: string; course?: string },
  ) {
    const visitor = await Visitor.open(browser, handle, site)
    await visitor.send('people.signUp', {
      ...{ handle, displayName: name, email: `${handle}@example.org`, password, timeZone: 'Europe/London' },
      ...{ kind: 'listener', ageBand: 'adult', joinedOn: daysAgo(70) },
    })
    if (course) await visitor.send('courses.start', { course })
    return visitor
  }

  /** Somebody of the cast who has signed in, without a look at any page. */
  static async signedIn(browser: Browser, handle: string, site: { origin: string; scripts: boolean }) {
    const visitor = await Visitor.open(browser, handle, site)
    await visitor.send('people.signIn', { name: handle, password })
    return visitor
  }

  /** Signs up as one does, by the form. */
  async signUp(name: string, path = '/sign-up'): Promise<void> {
    const { page, handle } = this
    await page.goto(path)
    await page.getByLabel('Handle').fill(handle)
    await page.getByLabel('Name to show').fill(name)
    await page.getByLabel('Email address').fill(`${handle}@example.org`)
    await page.getByRole('radio', { name: /^Listener/ }).check()
    await page.getByRole('radio', { name: /An adult/ }).check()
    await page.getByLabel('Since when').fill(daysAgo(70))
    await page.getByLabel('Password').fill(password)
    await this.press('Sign up')
    await this.sees(`Welcome, ${name}.`)
  }

  /** Sends what a form would, and lands where it leads. */
  private async send(action: string, fields: Record<string, string>): Promise<void> {
    const answer = await this.page.context().request.post(`/account?_action=${action}`, {
      form: { key: randomUUID(), ...fields },
      headers: { origin: this.origin },
    })
    expect([answer.status(), answer.url()]).toEqual([200, expect.not.stringContaining('_action')])
  }

  /** Presses a button and waits until the site has answered, by a new page or in this one. */
  async press(name: string | RegExp, within = this.page.locator('main')): Promise<void> {
    const { page } = this
    const posted = page.waitForResponse(
      // What a quiz saves by itself answers nobody's press.
      response =>
        response.request().method() === 'POST' &&
        (response.request().isNavigationRequest() || !response.url().includes('quizzes.save')),
    )
    const loaded = page.waitForEvent('load').catch(() => {})
    await within.getByRole('button', { name }).first().click()
    if ((await posted).request().isNavigationRequest()) await loaded
    else await expect(page.locator('.htmx-request')).toHaveCount(0)
  }

  async follow(name: string | RegExp): Promise<void> {
    await this.page.getByRole('link', { name }).first().click()
    await this.page.waitForLoadState('load')
  }

  sees = (words: string | RegExp) => expect(this.page.getByText(words).first()).toBeVisible()
  misses = (words: string | RegExp) => expect(this.page.getByText(words)).toHaveCount(0)

  /** Reads a module to its end, fast as a robot does, and says so. */
  async read(module: string): Promise<void> {
    await this.page.goto(`/courses/${module}`)
    await this.press('I have read this to the end')
    await this.press('Yes, I have read it')
    await this.sees('You have read this module.')
  }

  async reflect(module: string, words: string): Promise<void> {
    await this.page.goto(`/courses/${module}`)
    await this.page.getByRole('textbox', { name: 'Your reflection' }).fill(words)
    await this.press('Post reflection')
    await expect(this.page.locator('#reflection .post')).toContainText(words)
  }

  /** Takes a module's quiz, and passes. */
  async passQuiz(module: string): Promise<void> {
    await this.page.goto(`/courses/${module}/quiz`)
    await this.press('Start the quiz')
    await this.answer(content().module(module)?.quiz?.questions ?? [])
    await this.press(/^Hand in/)
    await this.sees('Passed. Well done.')
  }

  async completeGuide(guide: string): Promise<void> {
    await this.page.goto(`/guides/${guide}`)
    await this.answer(content().guide(guide)?.check.questions ?? [])
    await this.press('Check my answers')
    await this.sees(/completed/i)
  }

  /** Begins to take a course. */
  async take(course: string): Promise<void> {
    await this.page.goto(`/courses/${course}`)
    await this.press('Start this course')
  }

  /** The question that asks this. */
  question = (stem: string | RegExp) => this.page.getByRole('group', { name: stem })

  /** Grades a course's example reflections as their author did. */
  async calibrate(course: string): Promise<void> {
    for (const { id, levels, outcome } of content().course(course)?.calibration?.anchors ?? []) {
      await this.page.goto(`/desk/calibration/${course}/${id}`)
      await this.grade({ levels, outcome })
    }
    await this.page.goto(`/desk/calibration/${course}`)
    await this.sees('Done: live work is open to you in this course.')
  }

  /** Chooses every level and the outcome of an example, and sends them. */
  async grade({
    levels,
    outcome,
  }: {
    levels: Readonly<Record<string, string>>
    outcome: string
  }): Promise<void> {
    for (const [criterion, level] of Object.entries(levels))
      await this.page.locator(`input[name="levels.${criterion}"][value="${level}"]`).check()
    await this.page.locator(`input[name="outcome"][value="${outcome}"]`).check()
    await this.press('Grade it and compare')
  }

  /** Plays a scene that is on the page, the best choice each time. */
  private async play({ id, start, turns }: Scene): Promise<void> {
    const scene = this.page.locator(`[id="question-${id}"]`)
    let turn = (await scene.count()) > 0 ? turns[start] : undefined
    while (turn) {
      const best = turn.choices.find(({ worth }) => worth === 3)!
      await scene.getByRole('radio').nth(turn.choices.indexOf(best)).check()
      await this.press('Do this', scene)
      turn = best.next === undefined ? undefined : turns[best.next]
    }
  }

  /** Answers as the key says, of the questions that are on the page; scenes first, which save as they are played. */
  private async answer(questions: readonly Question[]): Promise<void> {
    for (const question of questions) if (question.kind === 'chat') await this.play(question)
    for (const question of questions) {
      const group = this.page.locator(`[id="question-${question.id}"]`)
      if ((await group.count()) > 0) await answerIn(group, question)
    }
  }
}

/** By the words that are read on the page: the letters of options and choices may be others there. */
async function answerIn(group: Locator, question: Question): Promise<void> {
  const field = group.locator(`[name="answers.${question.id}"]`)
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true-false':
      for (const { id, correct } of question.options)
        if (correct) await group.locator(`input[value="${id}"]`).check()
      return
    case 'matching':
      for (const [index, { match }] of question.prompts.entries())
        await field.nth(index).selectOption(question.choices.find(({ id }) => id === match)!.text)
      return
    case 'ordering':
      return putInOrder(group, question)
    case 'gaps':
      for (const [index, gap] of question.gaps.entries())
        if (gap.as === 'chosen') await field.nth(index).selectOption(gap.correct)
        else await field.nth(index).fill(kindOf(question).key(question)[index] ?? '')
      return
    case 'text':
    case 'number':
      await field.fill(kindOf(question).key(question)[0] ?? '')
      return
    case 'chat':
      return
  }
}

/** By the buttons where there are any, pressed by keyboard; the focus stays on the one that is pressed. Else by numbers. */
export async function putInOrder(group: Locator, { items, order }: Pick<Ordering, 'items' | 'order'>) {
  const texts = order.map(id => items.find(item => item.id === id)!.text)
  const moves = (await group.locator('.moves').count()) > 0
  for (const [place, text] of texts.entries()) {
    if (!moves) {
      await group.getByRole('combobox', { name: `Place of ${text}` }).selectOption(String(place + 1))
      continue
    }
    const up = group.getByRole('button', { name: `Move up: ${text}` })
    await up.focus()
    while (Number(/Now (\d+)/.exec((await up.getAttribute('aria-label')) ?? '')?.[1]) > place + 1) {
      await up.press('Enter')
      await expect(up).toBeFocused()
    }
  }
  // Where all stood right by chance, pressing once says that it is meant.
  if (moves) await group.getByRole('button', { name: `Move up: ${texts[0]!}` }).press('Enter')
}

export const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
