import { expect, test } from 'vitest'
import { placesFor } from '../../src/layout/places.ts'

const titles = (grade: boolean, admin: boolean) =>
  placesFor({ rights: { grade, admin } }).map(place => place.title)

test('a guest finds what there is to read, and the way in', () => {
  expect(placesFor(null).map(place => place.title)).toEqual(['Courses', 'Guides', 'Path', 'Sign in'])
})

test('a trainee finds the boards beside what there is to learn', () => {
  expect(titles(false, false)).toEqual(['Home', 'Courses', 'Guides', 'Path', 'Boards'])
})

test('the desk is there for whoever grades, the administration for whoever administers', () => {
  expect(titles(true, false)).toEqual(['Home', 'Courses', 'Path', 'Boards', 'Desk'])
  expect(titles(false, true)).toEqual(['Home', 'Courses', 'Path', 'Boards', 'Admin'])
})

test('nobody has more than five places', () => {
  expect(titles(true, true)).toEqual(['Home', 'Courses', 'Boards', 'Desk', 'Admin'])
})
