import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { checkIn, checkInInput } from '../boards/check-in.ts'
import { editOpening, openingInput } from '../boards/edit-opening.ts'
import { pin, unpin } from '../boards/pin.ts'
import { startTopic, topicInput } from '../boards/start-topic.ts'
import { voteIn, voteInput } from '../boards/vote.ts'
import { forgetDraft } from '../drafts/forget-draft.ts'
import { tellFollowers } from '../following/tell-followers.ts'
import { formAction } from './form-action.ts'

const topicId = z.object({ discussion: z.coerce.number().int().positive() })
const topicDrafts = (board: string) => [`topic:${board}`, `topic-title:${board}`] as const
const topic = (id: number, at = '') => `/topics/${id}${at}`

export const boards = {
  start: formAction(topicInput, async (tx, person, values) => {
    const { id, postId } = await startTopic(tx, content(), person, values)
    await tellFollowers(tx, content(), person, postId)
    for (const name of topicDrafts(values.board)) await forgetDraft(tx, person, name)
    const flash = {
      talk: 'Your topic is there.',
      poll: 'Your poll is open.',
      'check-in': 'Your check-in is open.',
    }
    return { redirect: topic(id), flash: flash[values.form] }
  }),

  edit: formAction(openingInput, async (tx, person, values) => {
    const { discussionId } = await editOpening(tx, content(), person, values)
    await forgetDraft(tx, person, `edit:${values.post}:${values.revision}`)
    return { redirect: topic(discussionId), flash: 'Your changes are saved.' }
  }),

  vote: formAction(voteInput, async (tx, person, values) => {
    await voteIn(tx, person, values)
    return { redirect: topic(values.discussion, '#poll'), flash: 'Your vote is counted.' }
  }),

  checkIn: formAction(checkInInput, async (tx, person, values) => {
    const { newLine } = await checkIn(tx, content(), person, values)
    if (newLine !== null) await tellFollowers(tx, content(), person, newLine)
    return { redirect: topic(values.discussion, '#poll'), flash: 'Thank you for telling.' }
  }),

  pin: formAction(topicId, async (tx, person, { discussion }) => {
    await pin(tx, person, discussion)
    return { redirect: topic(discussion), flash: 'Pinned: it stands first on its board.' }
  }),

  unpin: formAction(topicId, async (tx, person, { discussion }) => {
    await unpin(tx, person, discussion)
    return { redirect: topic(discussion), flash: 'No longer pinned.' }
  }),
}
