import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { tellRoomsOfAccount } from '../badges/tell-rooms.ts'
import {
  addCohort,
  addMentor,
  cohortById,
  cohortInput,
  markedOnceInput,
  removeMentor,
  setMarkedOnce,
} from '../courses/cohorts.ts'
import { dueDatesInput, setDueDates } from '../courses/due-dates.ts'
import { enrolMany, enrolManyInput } from '../courses/enrol-many.ts'
import { endEnrolment, enrol } from '../courses/enrolment.ts'
import { ensure, found, Invalid } from '../errors.ts'
import { appointAdmin, dismissAdmin } from '../people/admins.ts'
import { pair, pairInput, part } from '../people/buddies.ts'
import { invitationInput, invite, withdrawInvitation } from '../people/invitations.ts'
import { findPerson } from '../people/load-person.ts'
import type { Person } from '../people/person.ts'
import { idsByHandle } from '../people/handles.ts'
import { canRunProgramme } from '../people/policy.ts'
import { reinstate, suspend, suspensionInput } from '../people/suspension.ts'
import { makeToken, revokeToken, tokenInput } from '../api/tokens.ts'
import { formAction } from './form-action.ts'
import { showOnce } from './shown-once.ts'

const id = z.coerce.number().int().positive()
const aPerson = z.object({ personId: id })
const inCohort = z.object({ personId: id, cohortId: id })

/** Running the programme; every one of these is an admin's. */
export const admin = {
  addCohort: formAction(cohortInput, async (tx, by, values) => {
    const cohort = await addCohort(tx, content(), by, values)
    return { redirect: `/admin/cohorts/${cohort.id}`, flash: 'The cohort is ready for its people.' }
  }),

  setDueDates: formAction(dueDatesInput, async (tx, by, values) => {
    await setDueDates(tx, content(), by, values)
    return { flash: 'The dates are saved.' }
  }),

  enrolMany: formAction(enrolManyInput, async (tx, by, values) => {
    const count = await enrolMany(tx, by, values)
    return { flash: count === 1 ? 'One person enrolled.' : `${count} people enrolled.` }
  }),

  markOnce: formAction(markedOnceInput, async (tx, by, values) => {
    await setMarkedOnce(tx, by, values)
    return {
      flash:
        values.once === 'yes'
          ? 'From now on, one mentor marks each reflection here.'
          : 'From now on, second marking goes here as the course says.',
    }
  }),

  enrol: formAction(inCohort, async (tx, by, { personId, cohortId }) => {
    await somebody(tx, by, personId)
    await cohortById(tx, by, cohortId)
    await enrol(tx, by, { personId, cohortId })
    return { flash: 'Enrolled.' }
  }),

  endEnrolment: formAction(inCohort, async (tx, by, values) => {
    await endEnrolment(tx, by, values)
    return { flash: 'The enrolment has ended. What they did there stays.' }
  }),

  addMentor: formAction(
    z.object({ cohortId: id, handle: z.string().trim().min(1).max(40) }),
    async (tx, by, values) => {
      await cohortById(tx, by, values.cohortId)
      const [personId] = (await idsByHandle(tx, [values.handle])).values()
      if (personId === undefined) throw new Invalid({ handle: 'Nobody has this handle.' })
      await addMentor(tx, by, { cohortId: values.cohortId, personId })
      const { rights } = await somebody(tx, by, personId)
      return {
        flash: rights.grade
          ? 'They mentor this cohort now.'
          : 'They mentor this cohort now, and can grade there once they hold the Mentor badge.',
      }
    },
  ),

  removeMentor: formAction(inCohort, async (tx, by, values) => {
    await somebody(tx, by, values.personId)
    await removeMentor(tx, by, values)
    return { flash: 'They do not mentor this cohort any more.' }
  }),

  appoint: formAction(aPerson, async (tx, by, { personId }) => {
    await somebody(tx, by, personId)
    await appointAdmin(tx, by, personId)
    return { flash: 'They are an admin now.' }
  }),

  dismiss: formAction(aPerson, async (tx, by, { personId }) => {
    await dismissAdmin(tx, by, personId)
    return { flash: 'They are not an admin any more.' }
  }),

  pair: formAction(pairInput, async (tx, by, values) => {
    await pair(tx, by, values)
    return { flash: 'They are buddies now, and both have been told.' }
  }),

  part: formAction(z.object({ pairing: id }), async (tx, by, { pairing }) => {
    await part(tx, by, pairing)
    return { flash: 'The pairing has ended.' }
  }),

  suspend: formAction(suspensionInput, async (tx, by, values) => {
    await somebody(tx, by, values.personId)
    if (await suspend(tx, by, values))
      await tellRoomsOfAccount(tx, content(), values.personId, 'person.suspended')
    return { flash: 'The account is suspended, and signed out everywhere.' }
  }),

  reinstate: formAction(aPerson, async (tx, by, { personId }) => {
    await reinstate(tx, by, { personId })
    await tellRoomsOfAccount(tx, content(), personId, 'person.reinstated')
    return { flash: 'They can sign in again.' }
  }),

  invite: formAction(invitationInput, async (tx, by, values, context) => {
    if (values.cohortId !== undefined) await cohortById(tx, by, values.cohortId)
    const { path } = await invite(tx, by, values)
    showOnce(context, '/admin/invitations', path)
    return { redirect: '/admin/invitations' }
  }),

  withdrawInvitation: formAction(z.object({ id }), async (tx, by, values) => {
    await withdrawInvitation(tx, by, values)
    return { flash: 'The link does not work any more.' }
  }),

  makeToken: formAction(tokenInput, async (tx, by, values, context) => {
    const token = await makeToken(tx, by, values)
    showOnce(context, '/admin/tokens', token)
    return { redirect: '/admin/tokens' }
  }),

  revokeToken: formAction(z.object({ id }), async (tx, by, values) => {
    await revokeToken(tx, by, values)
    return { flash: 'The token does not work any more.' }
  }),
}

/** The person an admin speaks of. @throws Forbidden when it is not an admin who asks; NotFound */
async function somebody(tx: Tx, by: Person, personId: number): Promise<Person> {
  ensure(canRunProgramme(by))
  return found(await findPerson(tx, { id: personId }))
}
