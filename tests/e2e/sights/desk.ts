import { globalCalibration, linkOn, openAll, press, type Sight } from './sight.ts'

/** The desk, reports and what authors read. */
export const desk: Sight[] = [
  { route: '/reports', name: 'two', as: 'demo-mentor', path: '/reports' },
  { route: '/reports', name: 'all', as: 'demo-admin', path: '/reports' },
  {
    ...{ route: '/reports/[report]', name: 'a worry', as: 'demo-mentor' },
    ...{ path: linkOn('/reports', '.report-row.concern a'), then: openAll },
  },
  {
    ...{ route: '/reports/[report]', name: 'nothing said', as: 'demo-mentor' },
    ...{ path: linkOn('/reports', '.report-row:not(.concern) a'), then: press('Done') },
  },
  { route: '/desk', name: 'with work', as: 'demo-mentor', path: '/desk' },
  { route: '/desk', name: 'before tuning in', as: 'aiko', path: '/desk' },
  {
    ...{ route: '/desk/[marking]', name: 'at work', as: 'demo-mentor' },
    ...{ path: linkOn('/desk', '.waiting:not(:has(.paused)) h2 a'), then: openAll },
  },
  {
    ...{ route: '/desk', name: 'with its keys', as: 'demo-mentor', path: '/desk' },
    then: press('Keys'),
  },
  {
    ...{ route: '/desk/[marking]', name: 'with its keys', as: 'demo-mentor' },
    path: linkOn('/desk', '.waiting:not(:has(.paused)) h2 a'),
    then: async page => {
      await page.locator('#grade fieldset[aria-current]').first().waitFor()
      await press('Keys')(page)
    },
  },
  {
    ...{ route: '/desk/[marking]', name: 'paused', as: 'demo-mentor' },
    path: linkOn('/desk', '.waiting:has(.paused) h2 a'),
  },
  { route: '/desk/held', name: 'with work', as: 'demo-mentor', path: '/desk/held' },
  { route: '/desk/comments', name: 'one’s own', as: 'demo-mentor', path: '/desk/comments', then: openAll },
  { route: '/desk/comments', name: 'shared', as: 'demo-mentor', path: '/desk/comments?whose=others' },
  {
    ...{ route: '/desk/comments', name: 'refused', as: 'demo-mentor', path: '/desk/comments' },
    then: async page => {
      await page.getByLabel('Words', { exact: true }).fill('Dear {friend}')
      await press('Keep it')(page)
    },
  },
  {
    ...{ route: '/desk/comments', name: 'to change', as: 'demo-mentor' },
    path: linkOn('/desk/comments', 'main a[href*="change="]'),
  },
  { route: '/desk/practice', name: 'with work', as: 'demo-mentor', path: '/desk/practice', then: openAll },
  { route: '/desk/agreement', name: 'one’s own', as: 'demo-mentor', path: '/desk/agreement', then: openAll },
  { route: '/desk/agreement', name: 'every mentor’s', as: 'demo-admin', path: '/desk/agreement' },
  { route: '/desk/calibration', name: 'every course', as: 'demo-mentor', path: '/desk/calibration' },
  {
    ...{ route: '/desk/calibration/[course]', name: 'of the Introduction', as: 'demo-mentor' },
    ...{ path: '/desk/calibration/introduction-to-group-support', then: openAll },
  },
  {
    ...{ route: '/desk/calibration/[course]', name: 'begun', as: 'aiko' },
    path: globalCalibration,
  },
  {
    ...{ route: '/desk/calibration/[course]/[anchor]', name: 'compared', as: 'aiko' },
    path: `${globalCalibration}/the-kettle`,
  },
  {
    ...{ route: '/desk/calibration/[course]/[anchor]', name: 'nothing chosen', as: 'aiko' },
    ...{ path: `${globalCalibration}/the-investigator`, then: press('Grade it and compare') },
  },
  { route: '/desk/people', name: 'all lists', as: 'demo-mentor', path: '/desk/people' },
  { route: '/desk/people', name: 'one list', as: 'demo-mentor', path: '/desk/people?list=celebrate' },
  { route: '/authoring', name: 'what lessons are made of', as: 'demo-mentor', path: '/authoring' },
  {
    ...{ route: '/authoring/questions', name: 'every kind in every state', as: 'demo-mentor' },
    ...{ path: '/authoring/questions', then: openAll },
  },
  { route: '/authoring/badges', name: 'emblems', as: 'demo-admin', path: '/authoring/badges' },
  { route: '/authoring/fields', name: 'fields', as: 'demo-mentor', path: '/authoring/fields' },
  { route: '/desk/pace', name: 'nothing set', as: 'demo-mentor', path: '/desk/pace' },
  {
    ...{ route: '/desk/pace', name: 'refused', as: 'demo-mentor', path: '/desk/pace' },
    then: async page => {
      await page.getByLabel('First day away').fill('2020-01-01')
      await press('Keep this')(page)
      await page.getByText('Please give your last day away too').first().waitFor()
    },
  },
  { route: '/desk/load', name: 'one’s own', as: 'demo-mentor', path: '/desk/load' },
  { route: '/desk/load', name: 'of each mentor', as: 'demo-admin', path: '/desk/load' },
]
