import { content } from '../authoring/content.ts'
import { appealDecision, badgeAppealInput } from '../badges/appeals/appeal.ts'
import { appealDecisionInput, decideAppeal } from '../badges/appeals/decide-appeal.ts'
import { grantSeveral, severalInput } from '../badges/cases/grant-several.ts'
import { declineBadge, declineInput, tryAgainFrom } from '../badges/decline.ts'
import { grantBadge, grantInput } from '../badges/grant.ts'
import { confirmOverride } from '../badges/overrides/confirm.ts'
import {
  confirmInput,
  proposalInput,
  proposalWithdrawalInput,
  proposeOverride,
  refusalInput,
  refuseOverride,
  withdrawOverride,
} from '../badges/overrides/propose.ts'
import { formAction } from './form-action.ts'

/** What is decided on badges, by one admin or by two, and what people say against it. */
export const decisions = {
  grant: formAction(grantInput, async (tx, admin, values, context) => {
    await grantBadge(tx, content(), admin, values)
    return {
      ...backToQueue(context.url),
      flash: 'Granted, and on the record. They hold it from this moment.',
    }
  }),

  grantSeveral: formAction(severalInput, async (tx, admin, values) => {
    const { granted, not } = await grantSeveral(tx, content(), admin, values)
    const who = new URLSearchParams(values.who.map(name => ['who', name]))
    return { redirect: `/admin/queue/together?${who}`, flash: severalInWords(granted, not.length) }
  }),

  decline: formAction(declineInput, async (tx, admin, { tryAgain, tryAgainOn, ...values }, context) => {
    const from = tryAgainFrom({ tryAgain, tryAgainOn })
    await declineBadge(tx, content(), admin, { ...values, tryAgainFrom: from })
    return {
      ...backToQueue(context.url),
      flash: 'Declined for now, and on the record. They read your reason at home.',
    }
  }),

  propose: formAction(proposalInput, async (tx, admin, values) => {
    await proposeOverride(tx, content(), admin, values)
    return { flash: 'Proposed. Nothing is granted before another admin has confirmed it.' }
  }),

  confirmOverride: formAction(confirmInput, async (tx, admin, values, context) => {
    await confirmOverride(tx, content(), admin, values)
    return { ...backToQueue(context.url), flash: 'Granted, with both of you on the record.' }
  }),

  refuseOverride: formAction(refusalInput, async (tx, admin, values, context) => {
    await refuseOverride(tx, content(), admin, values)
    return { ...backToQueue(context.url), flash: 'Refused. Whoever proposed it reads why.' }
  }),

  withdrawOverride: formAction(proposalWithdrawalInput, async (tx, admin, values) => {
    await withdrawOverride(tx, content(), admin, values)
    return { flash: 'Your proposal is withdrawn.' }
  }),

  appeal: formAction(badgeAppealInput, async (tx, person, values) => {
    await appealDecision(tx, person, values)
    return { flash: 'Thank you for saying so. Somebody who did not decide it looks at it again.' }
  }),

  decideAppeal: formAction(appealDecisionInput, async (tx, admin, values, context) => {
    const answered = await decideAppeal(tx, content(), admin, values)
    const flash =
      answered.outcome === 'stands'
        ? 'Answered: what was decided stands.'
        : answered.granted
          ? 'Answered, and granted: they hold it from this moment.'
          : 'Answered: they are in the queue again as soon as the criteria are met.'
    return { ...backToQueue(context.url), flash }
  }),
}

/** Who decides in the queue goes on with it; elsewhere one stays on the page. */
const backToQueue = ({ pathname }: URL) =>
  pathname.startsWith('/admin/queue/') ? { redirect: '/admin/queue' } : {}

const severalInWords = (granted: number, not: number) =>
  not === 0
    ? `Granted: ${granted}, each on the record.`
    : `Granted: ${granted}. Not granted: ${not}, and the list says why.`
