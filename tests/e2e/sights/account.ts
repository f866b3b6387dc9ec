import type { Page } from '@playwright/test'
import { press, type Sight } from './sight.ts'

/** Sends a form whose session has ended, as a browser without JavaScript would. */
async function postLate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const words = Object.assign(document.createElement('textarea'), {
      name: 'displayName',
      value: 'A new name',
    })
    const action = '/account?_action=people.changeProfile'
    const form = Object.assign(document.createElement('form'), { method: 'POST', action })
    form.append(words)
    document.body.append(form)
    form.submit()
  })
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
}

/** The way in and one’s own account. */
export const account: Sight[] = [
  { route: '/', name: 'for a guest', as: null, path: '/' },
  { route: '/', name: 'for a trainee', as: 'demo-trainee', path: '/' },
  { route: '/', name: 'for somebody new', as: 'demo-new', path: '/' },
  { route: '/', name: 'for a mentor', as: 'demo-mentor', path: '/' },
  { route: '/404', name: 'nothing there', as: null, path: '/nowhere', status: 404 },
  { route: '/account', name: 'one’s own', as: 'demo-trainee', path: '/account' },
  { route: '/account/copy', name: 'before the password', as: 'demo-trainee', path: '/account/copy' },
  {
    ...{ route: '/account/copy', name: 'ready', as: 'demo-mentor', path: '/account/copy' },
    then: async page => {
      if (await page.getByRole('button', { name: 'Make the file' }).isVisible()) {
        await page.getByRole('textbox', { name: 'Your password' }).fill('trellis-demo')
        await press('Make the file')(page)
      }
      await page.getByRole('link', { name: 'Download the file' }).waitFor()
    },
  },
  { route: '/account/erasure', name: 'before one chooses', as: 'demo-trainee', path: '/account/erasure' },
  {
    ...{ route: '/account/erasure', name: 'refused', as: 'demo-mentor', path: '/account/erasure' },
    then: press(/^Erase my account/),
  },
  {
    ...{ route: '/account', name: 'refused', as: 'demo-trainee', path: '/account' },
    then: async page => {
      await page.getByLabel('Name to show').fill('')
      await press(/save/i)(page)
    },
  },
  {
    ...{ route: '/unsent', name: 'signed out meanwhile', as: null, path: '/sign-in' },
    then: postLate,
  },
  { route: '/sign-in', name: 'fresh', as: null, path: '/sign-in' },
  { route: '/sign-in', name: 'refused', as: null, path: '/sign-in', then: press('Sign in') },
  { route: '/sign-up', name: 'fresh', as: null, path: '/sign-up' },
  { route: '/sign-up', name: 'refused', as: null, path: '/sign-up', then: press('Sign up') },
  {
    ...{ route: '/sign-up/[token]', name: 'used up', as: null, path: '/sign-up/made-up', status: 404 },
  },
  { route: '/forgotten-password', name: 'fresh', as: null, path: '/forgotten-password' },
  { route: '/forgotten-password', name: 'sent', as: null, path: '/forgotten-password?sent=1' },
  {
    ...{ route: '/new-password/[token]', name: 'used up', as: null },
    ...{ path: '/new-password/made-up', status: 404 },
  },
  { route: '/problem', name: 'asked for by itself', as: null, path: '/problem', status: 404 },
]
