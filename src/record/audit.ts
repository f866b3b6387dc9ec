import type { Tx } from '../../db/client.ts'
import { auditEntry } from '../../db/schema/record.ts'

/** Everything the audit log can say, with its words: who acted, these, and to whom. */
export const auditWords = {
  'person.signed_up': 'signed up',
  'person.added': 'was added',
  'person.signed_in': 'signed in',
  'person.signed_out': 'signed out',
  'person.changed': 'changed their profile',
  'person.password_changed': 'changed their password',
  'person.password_reset_asked': 'sent a link for a new password to',
  'person.suspended': 'suspended',
  'person.reinstated': 'reinstated',
  'session.ended': 'signed out another device',
  'admin.appointed': 'appointed as admin',
  'admin.dismissed': 'dismissed as admin',
  'buddy.paired': 'gave a buddy to',
  'buddy.parted': 'ended a pairing of',
  'invitation.made': 'made an invitation',
  'invitation.accepted': 'accepted an invitation',
  'invitation.withdrawn': 'withdrew an invitation',
  'cohort.added': 'added a cohort',
  'cohort.changed': 'changed a cohort',
  'cohort.due_dates_set': 'set the due dates of a cohort',
  'cohort.mentor_added': 'gave a cohort the mentor',
  'cohort.mentor_removed': 'took off a cohort',
  'enrolment.made': 'enrolled',
  'enrolment.ended': 'ended the enrolment of',
  'module.read': 'read a module',
  'reflection.posted': 'posted a reflection',
  'reflection.edited': 'edited a reflection',
  'reflection.shared': 'shared a reflection with their cohort',
  'reflection.resubmitted': 'resubmitted a reflection',
  'reflection.claimed': 'claimed a reflection to grade it',
  'reflection.released': 'let go of a reflection',
  'reflection.graded': 'graded a reflection of',
  'reflection.regraded': 'corrected a grade of',
  'reflection.handed_out': 'handed out a reflection to',
  'reflection.taken_back': 'took back a reflection handed out to',
  'pace.set': 'set how much they take on',
  'pace.came_back': 'came back before their days away were over',
  'result.released': 'released a result to',
  'marking.given_up': 'waited no longer for another mentor to mark a reflection of',
  'result.appealed': 'asked another mentor to look at a result',
  'cohort.marked_once': 'switched off second marking in a cohort',
  'cohort.marked_twice': 'switched on second marking in a cohort',
  'anchor.graded': 'graded an anchor reflection',
  'calibration.finished': 'finished a round of calibration',
  'calibration.asked': 'asked for another round of calibration of',
  'comment.kept': 'kept a comment for feedback',
  'comment.changed': 'changed a comment for feedback',
  'comment.removed': 'removed a comment for feedback',
  'comment.shared': 'shared a comment for feedback',
  'comment.unshared': 'stopped sharing a comment for feedback',
  'opening.edited': 'edited a topic',
  'reply.posted': 'posted a reply',
  'reply.edited': 'edited a reply',
  'reflection.deleted': 'deleted their reflection',
  'opening.deleted': 'deleted the words of their topic',
  'reply.deleted': 'deleted their reply',
  'reaction.given': 'reacted to a post of',
  'reaction.taken': 'took back a reaction to a post of',
  'post.reported': 'reported a post of',
  'report.handled': 'handled what was reported of a post of',
  'post.hidden': 'hid a post of',
  'post.shown': 'showed again a post of',
  'post.moved': 'made a topic of a reply of',
  'topic.moved': 'moved to another board a topic of',
  'topic.started': 'started a topic',
  'topic.retitled': 'changed the title of a topic',
  'topic.pinned': 'pinned a topic',
  'topic.unpinned': 'unpinned a topic',
  'discussion.closed': 'closed a discussion',
  'discussion.reopened': 'opened a discussion again',
  'poll.voted': 'voted in a poll',
  'checkin.answered': 'answered a check-in',
  'attempt.started': 'started a quiz',
  'attempt.submitted': 'submitted a quiz',
  'quiz.remarked': 'marked a quiz anew',
  'attempt.remarked': 'marked anew a quiz of',
  'extra_time.given': 'gave more time in quizzes to',
  'extra_time.ended': 'ended the extra time in quizzes of',
  'guide.completed': 'completed a guide',
  'evidence.logged': 'logged practice',
  'evidence.added': 'added evidence for',
  'evidence.received': 'took in evidence of',
  'evidence.confirmed': 'confirmed practice of',
  'evidence.declined': 'declined practice of',
  'evidence.withdrawn': 'withdrew a log of practice',
  'badge.granted': 'granted a badge to',
  'badge.declined': 'declined a badge to',
  'badge.revoked': 'revoked a badge of',
  'badge.lapsed': 'let a badge lapse of',
  'badge.renewed': 'renewed a badge of',
  'duty.done': 'saw a duty done by',
  'token.made': 'made an API token',
  'token.revoked': 'revoked an API token',
} as const

export type AuditAction = keyof typeof auditWords

/**
 * Adds a line to the audit log, in the transaction of the write it speaks of.
 * @param actor who did it; null for the site itself and the operator's command line
 * @param subject the id of the person it was done to, where that is not the actor
 */
export async function audit(
  tx: Tx,
  actor: { id: number } | null,
  action: AuditAction,
  details: Record<string, unknown> = {},
  subject: number | null = null,
): Promise<void> {
  await tx.insert(auditEntry).values({ actorId: actor?.id ?? null, action, details, subjectId: subject })
}

/** The same of many people at once, in one statement. */
export async function auditEach(
  tx: Tx,
  actor: { id: number } | null,
  action: AuditAction,
  entries: readonly { subject: number; details: Record<string, unknown> }[],
): Promise<void> {
  const rows = entries.map(({ subject, details }) => ({
    actorId: actor?.id ?? null,
    action,
    subjectId: subject,
    details,
  }))
  if (rows.length > 0) await tx.insert(auditEntry).values(rows)
}
