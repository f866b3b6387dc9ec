import { expect, test } from 'vitest'
import { type Hand, holdings, nobodys } from '../../src/own/holdings.ts'
import { testDatabase } from '../support/database.ts'
import { everyColumn } from './every-column.ts'

const { db } = await testDatabase()
const columns = await everyColumn(db)
const tables = [...new Set(columns.map(({ table }) => table))]
const handsOf = (table: string): Readonly<Record<string, Hand>> => holdings[table]?.people ?? {}

test('every table says what it holds of a person, or that it holds nothing: add yours to src/own/holdings.ts', () => {
  expect(tables.length).toBeGreaterThan(60)
  expect(tables.filter(table => !(table in holdings) && !(table in nobodys))).toEqual([])
  expect(
    [...Object.keys(holdings), ...Object.keys(nobodys)].filter(table => !tables.includes(table)),
  ).toEqual([])
  expect(Object.keys(nobodys).filter(table => table in holdings)).toEqual([])
})

test('every column that leads to a person says what becomes of its rows, and what that person is told of them', () => {
  const forgotten = columns.filter(one => one.person && !(one.column in handsOf(one.table)))
  expect(forgotten.map(({ table, column }) => `${table}.${column}`)).toEqual([])
})

test('a table of nobody’s has no column that leads to a person', () => {
  expect(columns.filter(one => one.person && one.table in nobodys)).toEqual([])
})

/** Rows that go by every way in which they lead to somebody take their words with them. */
const mayStay = (table: string) => Object.values(handsOf(table)).some(({ leaving }) => leaving.row !== 'goes')

test('words in rows that may stay say why they do', () => {
  const silent = columns
    .filter(({ table, wordy }) => wordy && table in holdings && table !== 'person' && mayStay(table))
    .filter(({ table, column }) => {
      const stay = Object.keys(holdings[table]!.stay ?? {}).flatMap(names => names.split(' '))
      return !stay.includes(column) && !(column in handsOf(table))
    })
  expect(silent.map(({ table, column }) => `${table}.${column}`)).toEqual([])
})

test('what the list names is there', () => {
  const known = new Set(columns.map(({ table, column }) => `${table}.${column}`))
  const named = Object.entries(holdings).flatMap(([table, { people, untold = {}, stay = {} }]) => [
    ...Object.keys(people).map(column => `${table}.${column}`),
    ...Object.keys(untold).map(column => `${table}.${column}`),
    ...Object.keys(stay).flatMap(names => names.split(' ').map(column => `${table}.${column}`)),
  ])
  expect(named.filter(name => !known.has(name))).toEqual([])
})

test('every reason is a sentence', () => {
  const reasons = Object.values(holdings).flatMap(({ people, untold = {}, stay = {} }) => [
    ...Object.values(people).flatMap(({ told, leaving }) => [
      'not' in told ? told.not : told.says,
      ...(leaving.row === 'stays' ? [leaving.because] : []),
    ]),
    ...Object.values(untold),
    ...Object.values(stay),
  ])
  for (const reason of [...reasons, ...Object.values(nobodys)]) expect(reason).toMatch(/^[A-Z].{4,}[.]$/)
})
