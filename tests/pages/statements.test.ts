import { afterAll, expect, test } from 'vitest'
import { connect } from '../../db/client.ts'
import { joinEmbedded } from '../../db/embedded.ts'
import { content } from '../../src/authoring/content.ts'
import { contest } from '../../src/badges/disputes/contest.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { noteProposals } from '../../src/badges/rules/propose.ts'
import { startTopic } from '../../src/boards/start-topic.ts'
import { addEndpoint, pauseEndpoint } from '../../src/webhooks/endpoints.ts'
import { sendTest } from '../../src/webhooks/again.ts'
import { makeToken } from '../../src/api/tokens.ts'
import { findPerson } from '../../src/people/load-person.ts'
import { answerCard } from '../../src/quizzes/recall/answer-card.ts'
import { goThrough } from '../../src/quizzes/recall/go-through.ts'
import { signHead } from '../../src/record/heads.ts'
import { siteSigner } from '../../src/record/signer.ts'
import { rightAnswers } from '../quizzes/answering.ts'
import { handIn } from '../quizzes/recall/remembering.ts'
import { fillCommunity, moduleId } from '../support/community.ts'
import { startTrellis } from '../support/start.ts'
import { statementsOf } from '../support/statements.ts'

const site = await startTrellis()
const cluster = await joinEmbedded(site.dataFolder)
const db = connect(cluster.url, { max: 2 })
afterAll(async () => {
  await db.$client.end()
  await cluster.leave()
  await site.stop()
})

const { cookie } = await fillCommunity(db)
await db.$client`insert into admin_appointment (person_id) select min(id) from person`
const [{ post: reported, report }] = await db.$client<[{ post: string; report: string }]>`
  insert into report (post_id, reporter_id, reason, concern)
  select min(post.id), min(author_id) + 3, 'worried', true from post join discussion on discussion.id = discussion_id
  where cohort_id = (select min(id) from cohort where not self_paced)
  returning post_id as post, id as report`
const [admin, mentor, trainee] = [cookie(0), cookie(1), cookie(5)]
// The mentor asks everybody something, so that there is a poll to look at.
const asker = (await findPerson(db, { handle: 'bench1' }))!
const { id: poll } = await db.transaction(tx =>
  startTopic(tx, content(), asker, {
    ...{ board: 'community', form: 'poll', title: 'A poll', markdown: '', contentNote: '' },
    options: { 1: 'Yes', 2: 'No' },
  }),
)
const course = moduleId.split('/')[0]!
const [cohort] = await db.$client<{ id: string }[]>`select id from cohort where not self_paced limit 1`
const [own] = await db.$client<{ id: string }[]>`
  select min(id) as id from post where author_id = (select id from person order by id offset 5 limit 1)`

// Somebody else has passed a quiz with a slip, and gone over it since.
const fresh = cookie(6)
const passed = content().module(moduleId)!.quiz!
const rememberer = (await findPerson(db, { handle: 'bench6' }))!
await handIn(db, content(), rememberer, moduleId, rightAnswers(passed.questions))
await db.transaction(tx => goThrough(tx, content(), rememberer, { quiz: moduleId }))
const [gone] = passed.questions
const slip = { quiz: moduleId, question: gone!.id, number: 1, answers: {}, show: 'yes' as const }
await db.transaction(tx => answerCard(tx, content(), rememberer, slip))
const answered = new URLSearchParams({ of: moduleId, answered: gone!.id })

// A platform that is told of badges, and asks for them.
const platform = { name: 'Chat', url: 'https://chat.invalid/', events: ['badge.granted' as const] }
const webhook = await db.transaction(async tx => {
  const made = await addEndpoint(tx, null, platform, { inner: false })
  await pauseEndpoint(tx, null, made.id)
  for (let count = 0; count < 30; count++) await sendTest(tx, null, made.id)
  return made
})
const key = await db.transaction(tx =>
  makeToken(tx, null, { name: 'Chat', scopes: ['badges:read'], lasts: 'always' }),
)
// A certificate of which the log has two entries.
const certified = { personId: asker.id, badge: 'ambassador', reason: 'A test.' }
const { code } = await db.transaction(tx => grantBadge(tx, content(), null, { ...certified, override: true }))
const holder = (await findPerson(db, { handle: 'bench0' }))!
await db.transaction(tx => revokeBadge(tx, content(), holder, { ...certified, reasonClass: 'inactive' }))
await signHead(db, siteSigner())
const contesting = (await findPerson(db, { handle: 'bench5' }))!
const wrong = { badge: 'mentor', counter: 'evidence:group_chat', claimed: '3', words: 'One is missing.' }
await db.transaction(tx => contest(tx, content(), contesting, wrong))
const [dispute] = await db.$client<[{ id: string }]>`select id from dispute`

// Content asks for something else of one badge than the site began with.
await db.$client`
  update badge_version set criteria = '{"kind": "evidence", "evidence": "group_chat", "count": 3}' where badge = 'on-spot-host'`
await noteProposals(db, content())

/** How many statements each page may ask of the database, finding out who asks included. */
const bounds: [string, string, string, number][] = [
  ['the home page', '/', trainee, 7],
  ['the home page with questions to keep fresh', '/', fresh, 8],
  ['what is to keep fresh', '/recall', fresh, 5],
  ['a question to keep fresh', '/recall/next', fresh, 3],
  ['an answer to it', `/recall/next?${answered}`, fresh, 4],
  ['the courses', '/courses', trainee, 2],
  ['a course', `/courses/${course}`, trainee, 2],
  ['a module with 84 posts', `/courses/${moduleId}`, trainee, 6],
  ['a module as its mentor sees it', `/courses/${moduleId}`, mentor, 6],
  ['a quiz', `/courses/${moduleId}/quiz`, trainee, 4],
  ['the list of boards', '/boards', trainee, 3],
  ['an admin’s list of boards', '/boards', admin, 4],
  ['a board', '/boards/community', trainee, 2],
  ['a new topic', '/boards/community/new', trainee, 3],
  ['a poll', `/topics/${poll}`, trainee, 6],
  ['the guides', '/guides', trainee, 3],
  ['a guide', '/guides/giving-a-warning', trainee, 3],
  ['the path', '/path', trainee, 5],
  ['a badge', '/path/moderator', trainee, 6],
  ['a badge that one applies for', '/path/mentor-leader', trainee, 9],
  ['how one stood on a day', '/path/moderator/on-a-day', trainee, 4],
  ['what was counted', '/path/mentor/counted?of=evidence:group_chat', trainee, 4],
  ['what is new', '/new', trainee, 3],
  ['practice', '/practice', trainee, 5],
  ['practice where one stood by', '/practice/beside', trainee, 3],
  ['a checklist', '/practice/checklists/leading-a-session', trainee, 3],
  ['a session to assess', '/people/bench3/assess/leading-a-session', mentor, 3],
  ['a person', '/people/bench3', trainee, 6],
  ['a person as their mentor sees them', '/people/bench3', mentor, 7],
  ['the history of a post', `/posts/${own?.id}/history`, trainee, 4],
  ['a post to delete', `/posts/${own?.id}/delete`, trainee, 3],
  ['the account', '/account', trainee, 4],
  ['a copy of everything', '/account/copy', trainee, 2],
  ['erasing an account', '/account/erasure', trainee, 2],
  ['reporting a post', `/posts/${reported}/report`, trainee, 3],
  ['looking after a post', `/posts/${reported}/moderate`, mentor, 3],
  ['the reports', '/reports', mentor, 3],
  ['a report', `/reports/${report}`, mentor, 6],
  ['a search', '/search?q=quiet', trainee, 9],
  ['a search that corrects a slip', '/search?q=confidentialty', trainee, 15],
  ['the desk', '/desk', mentor, 6],
  ['the answers that are held', '/desk/held', mentor, 4],
  ['how alike mentors mark', '/desk/agreement', mentor, 3],
  ['who needs a mentor', '/desk/people', mentor, 6],
  ['a mentor’s pace', '/desk/pace', mentor, 3],
  ['load and times', '/desk/load', mentor, 5],
  ['load and times of all', '/desk/load', admin, 4],
  ['saved comments', '/desk/comments', mentor, 3],
  ['the desk for practice', '/desk/practice', mentor, 3],
  ['what is to calibrate', '/desk/calibration', mentor, 3],
  ['the calibration of a course', `/desk/calibration/${course}`, mentor, 2],
  ['an anchor reflection', `/desk/calibration/${course}/page-nine`, mentor, 2],
  ['what lessons can be made of', '/authoring', mentor, 2],
  ['what questions can be asked', '/authoring/questions', mentor, 2],
  ['what badges can be made of', '/authoring/badges', mentor, 2],
  ['what may stand in which file', '/authoring/fields', admin, 2],
  ['the administration', '/admin', admin, 3],
  ['the people', '/admin/people', admin, 2],
  ['a cohort with its dates', `/admin/cohorts/${cohort?.id}`, admin, 5],
  ['a person as an admin sees them', '/admin/people/bench3', admin, 11],
  ['a badge of theirs', '/admin/people/bench1/badges/ambassador', admin, 6],
  ['the quizzes', '/admin/quizzes', admin, 3],
  ['the quizzes as a mentor sees them', '/admin/quizzes', mentor, 4],
  ['how a quiz works', `/admin/quizzes/${moduleId}`, admin, 2],
  ['the queue', '/admin/queue', admin, 8],
  ['a case in the queue', '/admin/queue/bench3/mentor-leader', admin, 14],
  ['granting several together', '/admin/queue/together?who=4.moderator&who=5.moderator', admin, 6],
  ['how somebody stood on a day', '/admin/people/bench3/standing/mentor', admin, 5],
  ['the disputes', '/admin/disputes', admin, 2],
  ['a dispute', `/admin/disputes/${dispute.id}`, admin, 5],
  ['the rules of all badges', '/admin/rules', admin, 2],
  ['the rules of a badge', '/admin/rules/mentor', admin, 2],
  // With the transaction in which whom it changes is counted.
  ['rules that wait', '/admin/rules/on-spot-host', admin, 6],
  ['a certificate', `/certificates/${code}`, trainee, 5],
  ['the page where certificates are checked', '/verify', trainee, 1],
  ['a certificate that is checked', `/verify?code=${code}`, trainee, 5],
  ['the record', '/admin/record', admin, 3],
  ['the record as outsiders read it', '/record', trainee, 2],
  ['the audit log', '/admin/audit', admin, 2],
  ['the webhooks', '/admin/webhooks', admin, 2],
  ['a webhook with its log', `/admin/webhooks/${webhook.id}`, admin, 3],
  ['the tokens', '/admin/tokens', admin, 2],
]

test.each(bounds)('%s asks the database no more than it says', async (_, path, who, most) => {
  const ask = () => fetch(site.origin + path, { headers: { cookie: who }, redirect: 'manual' })
  expect((await ask()).status).toBe(200)
  const statements = await statementsOf(db.$client, site.dataFolder, async () => (await ask()).text())
  expect(statements.length).toBeGreaterThan(0)
  expect(statements.length, statements.map(({ query }) => query).join('\n\n')).toBeLessThanOrEqual(most)
})

// Finding out whose key it is, counting the request against its limit, and what was asked for.
test.each([
  ['a person’s badges', '/api/v1/people/bench1/badges'],
  ['what is open to a person', '/api/v1/people/bench1/unlocks'],
  ['to whom a room is open', '/api/v1/unlocks?room=support-rooms'],
])('%s are three statements, whatever is held', async (_, path) => {
  const ask = () => fetch(site.origin + path, { headers: { authorization: `Bearer ${key}` } })
  expect((await ask()).status).toBe(200)
  const statements = await statementsOf(db.$client, site.dataFolder, async () => (await ask()).text())
  expect(statements.length, statements.map(({ query }) => query).join('\n\n')).toBe(3)
})
