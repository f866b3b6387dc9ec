/**
 * What every table holds of a person: one list, from which the copy of all that is theirs is made, and by which it is
 * erased. A table that is not here fails `tests/own/holdings.test.ts`, so that no new one is forgotten.
 */

/** What becomes of a row once the person whom its column leads to has left. */
export type Fate =
  /** It is deleted. */
  | { row: 'goes' }
  /** It is about others, or the site's own account, and leads to somebody without a name; what is in `set` is replaced (SQL). */
  | { row: 'stays'; because: string; set?: Record<string, string> }
  /** A file of its own sees to it. */
  | { row: 'apart'; by: string }

/** How a column leads to a person, what they are told of its rows, and what becomes of those when they leave. */
export interface Hand {
  /** For a column that leads there by way of another table: the ids that are theirs, `$` standing for the person. */
  through?: string
  /** A part of their copy; or why it is none. */
  told: { title: string; says: string; names?: readonly string[] } | { not: string }
  leaving: Fate
}

export interface Holding {
  people: Readonly<Record<string, Hand>>
  /** What the copy says beside the columns, in SQL over the row `t`. */
  also?: Readonly<Record<string, string>>
  /** Columns that are left out of the copy, and why. */
  untold?: Readonly<Record<string, string>>
  /** Columns with words that stay in rows which stay, and why: content ids, and the words of others. */
  stay?: Readonly<Record<string, string>>
}

const part = (title: string, says: string, names: readonly string[] = []) => ({ title, says, names })
const not = (why: string) => ({ not: why })
const goes: Fate = { row: 'goes' }
const stays = (because: string, set: Record<string, string> = {}): Fate => ({ row: 'stays', because, set })
const apart = (by: string): Fate => ({ row: 'apart', by })

/** Rows that are somebody's own: told, and deleted. */
const own = (title: string, says: string, names: readonly string[] = []): Hand => ({
  told: part(title, says, names),
  leaving: goes,
})
/** What somebody did for others or for the programme: told to them, and kept without their name. */
const did = (title: string, says: string, because = 'It is about somebody else.'): Hand => ({
  told: part(title, says),
  leaving: stays(because),
})
/** A pointer to who had a hand in something of others, which their own audit lines tell them of. */
const hand: Hand = {
  told: not('It is about somebody else; that they did it stands in their lines of the log.'),
  leaving: stays('It is about somebody else.'),
}

const inPosts = 'select id from post where author_id = $'
const inMarkings = 'select id from marking where author_id = $'
const inCertificates = 'select id from certificate where person_id = $'
const secret = 'It is a secret, or made from one, and says nothing.'
const sameAsMarkdown = 'The same words as HTML.'

/** In the order in which rows are deleted: what points to others comes before them. */
export const holdings: Readonly<Record<string, Holding>> = {
  person: {
    people: {
      id: {
        told: part('You', 'Your account, as you and the admins see it.'),
        leaving: apart('erasing/erase.ts'),
      },
    },
    untold: { password_hash: secret },
  },
  badge_choice: {
    people: { person_id: own('Your page', 'Which of your badges you show, and in what order.') },
  },
  leaving: {
    people: {
      person_id: {
        told: part('Leaving', 'When you asked to have your account erased, and what came of it.'),
        leaving: stays('It says what stays of somebody who left, and nothing else of them.'),
      },
    },
    stay: { 'keeps ended_by': 'One of a few words of ours.' },
  },

  // Words that they wrote.
  mention: {
    people: {
      person_id: {
        told: not('The words are others’; you were told of each in your notifications.'),
        leaving: apart('erasing/names.ts'),
      },
      post_id: { through: inPosts, told: not('They stand in the words of your posts.'), leaving: goes },
    },
  },
  reaction: {
    people: {
      person_id: {
        told: part('Reactions', 'What you gave to posts of others.'),
        leaving: apart('erasing/posts.ts'),
      },
    },
    stay: { reaction: 'A content id.' },
  },
  vote: {
    people: {
      person_id: {
        told: part('Votes and check-ins', 'What you chose: `position` is the place of the answer, from 0.'),
        leaving: apart('erasing/posts.ts'),
      },
    },
  },
  taking_part: {
    people: { person_id: own('Taking part', 'How many replies to others you wrote in each module.') },
  },
  post_revision: {
    people: {
      post_id: {
        through: inPosts,
        told: part('Earlier versions of your posts', 'What they said before you edited them, and after.'),
        leaving: goes,
      },
    },
    untold: { html: sameAsMarkdown },
    stay: { 'markdown html': 'Words of others, in which a handle is taken out.' },
  },
  post: {
    people: {
      author_id: {
        told: part('Your posts', 'Reflections, topics and replies, with their words.'),
        leaving: apart('erasing/posts.ts'),
      },
      removed_by_id: hand,
    },
    also: { place: '(select coalesce(d.title, d.module) from discussion d where d.id = t.discussion_id)' },
    untold: { html: sameAsMarkdown, words: sameAsMarkdown },
    stay: {
      'kind audience removed reactions':
        'Of which kind it was, and how many reacted: the thread keeps its shape.',
      'markdown html content_note words': 'Words of others; theirs are emptied.',
    },
  },
  discussion: {
    people: { closed_by_id: hand, pinned_by_id: hand },
    stay: {
      'module form': 'Content ids.',
      title: 'Titles of others; theirs are replaced, by erasing/posts.ts.',
    },
  },
  poll_option: {
    people: {
      discussion_id: {
        through: `select discussion_id from post where author_id = $ and kind = 'opening'`,
        told: part('What your polls asked', 'The answers that you offered, and how many chose them.'),
        leaving: apart('erasing/posts.ts'),
      },
    },
    stay: { words: 'Answers that others offered; theirs are replaced.' },
  },
  draft: { people: { person_id: own('Drafts', 'What you typed and have not posted.') } },
  following: { people: { person_id: own('Discussions you follow', 'How, and how far you have read.') } },
  caught_up: { people: { person_id: own('Caught up', 'Until when you have seen all there was.') } },
  report: {
    people: {
      post_id: {
        through: inPosts,
        told: not(
          'Who reported a post, and how, is told to those who look after it; what came of it is in your notifications.',
        ),
        leaving: goes,
      },
      reporter_id: {
        told: part('What you reported', 'Posts that you asked the mentors to look at.'),
        leaving: stays('It is about somebody else’s post.', { words: `''` }),
      },
      handled_by_id: hand,
    },
    untold: { outcome: 'It was written for the mentors.' },
    stay: { reason: 'A content id.', 'words outcome': 'Words of others; theirs are emptied.' },
  },

  // Marks: `appeal` hangs on `result`, `grade` on `marking`.
  appeal: {
    people: {
      marking_id: {
        through: inMarkings,
        told: part('Your appeals', 'Results that you asked another mentor to look at, and why.'),
        leaving: goes,
      },
    },
    untold: { reason_html: sameAsMarkdown },
    stay: { 'reason reason_html': 'Words of others.' },
  },
  result: {
    people: {
      author_id: {
        told: not('It is told with its feedback, under “What mentors answered”.'),
        leaving: goes,
      },
      released_by_id: hand,
    },
    stay: { 'module outcome rubric levels rule grade_ids': 'Content ids of others’ results.' },
  },
  grade: {
    people: {
      post_id: {
        through: inPosts,
        told: not('Told as “What mentors answered”, once it is released.'),
        leaving: goes,
      },
      mentor_id: did(
        'Grades you gave',
        'Your levels and feedback for reflections of others.',
        'The feedback belongs to whom it was given.',
      ),
    },
    untold: { feedback_html: sameAsMarkdown, to_change_html: sameAsMarkdown },
    stay: {
      'outcome rubric levels': 'Content ids of others’ grades.',
      'feedback feedback_html to_change to_change_html': 'It belongs to whom it was given.',
    },
  },
  marking: {
    people: {
      author_id: {
        told: not('Who reads a reflection, and how often, is not told to its author.'),
        leaving: goes,
      },
      handed_to_id: { told: not('It is told on the desk.'), leaving: apart('erasing/claims.ts') },
      claimed_by_id: { told: not('It is told on the desk.'), leaving: apart('erasing/claims.ts') },
      done_by_id: hand,
    },
    stay: { 'module purpose claim_key': 'Content ids, and a number of a page.' },
  },
  submission: { people: { author_id: own('Reflections handed in', 'Where each of yours stands.') } },
  marker: { people: { mentor_id: own('Marking', 'How many reflections of each course you marked first.') } },
  mentor_pace: { people: { mentor_id: own('What you take on', 'Reflections a week, and days away.') } },
  saved_comment: { people: { owner_id: own('Saved comments', 'Words that you kept to use again.') } },
  anchor_mark: {
    people: {
      calibration_id: {
        through: 'select id from calibration where mentor_id = $',
        told: part('Example reflections you graded', 'How you graded each.'),
        leaving: goes,
      },
    },
  },
  calibration: { people: { mentor_id: own('Rounds of calibration', 'When, and how close you came.') } },

  // What they learned and did.
  remark: {
    people: {
      attempt_id: {
        through: 'select id from attempt where person_id = $',
        told: not('Your notifications tell of it, and “Quizzes” has the mark that counts.'),
        leaving: goes,
      },
    },
    untold: { questions_before: 'Questions with their keys, which others are still asked.' },
  },
  attempt: {
    people: {
      person_id: {
        told: not(
          'Told as “Quizzes”, with what the review of each try shows: a key that is not released is not taken along.',
        ),
        leaving: goes,
      },
    },
  },
  remarking: {
    people: { by_id: did('Quizzes you marked anew', 'Which, and why.') },
    stay: { 'quiz reason questions': 'Said in office, to all who took the quiz.' },
  },
  extra_time: {
    people: {
      person_id: own('More time in quizzes', 'How much, and why.'),
      by_id: hand,
      ended_by_id: hand,
    },
    stay: { reason: 'It is about somebody else.' },
  },
  recall_review: { people: { person_id: own('Questions you went over', 'Each time, and how it felt.') } },
  recall_card: { people: { person_id: own('Questions to go over', 'When each comes again.') } },
  guide_completion: { people: { person_id: own('Guides completed', 'Which and when.') } },
  guide_bookmark: { people: { person_id: own('Guides bookmarked', 'To find again.') } },
  guide_vouch: {
    people: {
      person_id: own('What mentors vouched for', 'That they saw you put a guide to use.', ['mentor_id']),
      mentor_id: {
        told: part('What you vouched for', 'That you saw somebody put a guide to use.', ['person_id']),
        leaving: stays('It counts for somebody else.', { note: `''` }),
      },
      revoked_by_id: hand,
    },
    stay: {
      guide: 'A content id.',
      'note revoked_reason': 'It is about somebody else; a note of theirs is emptied.',
    },
  },
  evidence: {
    people: {
      person_id: own('Practice', 'What you did in rooms and sessions, and whether it counts.', [
        'supervisor_id',
      ]),
      supervisor_id: hand,
      decided_by_id: hand,
    },
    stay: { 'kind source external_id place role note state reason': 'It is about somebody else.' },
  },
  assessment: {
    people: {
      person_id: own('Sessions that were assessed', 'What somebody who watched you wrote.', ['assessor_id']),
      assessor_id: did(
        'Sessions you assessed',
        'What you wrote of what you watched.',
        'The words belong to whom they are about.',
      ),
    },
    stay: { 'checklist as_badge place items words': 'It belongs to whom it is about.' },
  },
  reading: { people: { person_id: own('Modules read', 'Which version, and when.') } },
  enrolment: { people: { person_id: own('Enrolments', 'The cohorts that you were in.') } },
  cohort_mentor: { people: { person_id: own('Cohorts you mentor', 'Since when.') } },
  cohort: {
    people: { marked_once_by_id: hand },
    stay: { 'course name': 'Its name belongs to all who are in it.' },
  },

  // Badges.
  standing: {
    people: {
      person_id: own('Standings', 'On which days you meet the criteria of each badge, if only time passes.'),
    },
  },
  track_choice: { people: { person_id: own('Tracks', 'What you chose, for badges that have several.') } },
  application: { people: { person_id: own('Applications', 'For which badge, with your statement.') } },
  endorsement: {
    people: {
      person_id: own('Endorsements you got', 'Who stood up for you, and what they wrote.', ['by_id']),
      by_id: {
        told: part('Endorsements you gave', 'For whom, and what you wrote.', ['person_id']),
        leaving: stays('It counts for somebody else.', { words: `''` }),
      },
    },
    stay: { 'badge as_badge': 'Content ids.', words: 'Words of others; theirs are emptied.' },
  },
  endorsement_ask: {
    people: {
      person_id: own('Whom you asked for a word', 'Who was to stand up for you, and for which badge.', [
        'of_id',
      ]),
      of_id: own('Who asked you for a word', 'And for which badge.', ['person_id']),
    },
  },
  rest: {
    people: {
      person_id: own('Pauses after a decision', 'From when on you can ask for a badge again.'),
    },
  },
  override_proposal: {
    people: {
      person_id: own(
        'Overrides proposed for you',
        'Why an admin wished to grant you a badge before you met its criteria, and what another one said.',
      ),
      by_id: did('Overrides you proposed', 'For whom, and why.'),
      ended_by_id: hand,
    },
    stay: {
      'badge unmet outcome': 'Content ids, and words of ours.',
      'reason answer': 'Said in office, of somebody else.',
    },
  },
  badge_appeal: {
    people: {
      person_id: own('Appeals about badges', 'What you said against a decision, and what was answered.'),
      ended_by_id: hand,
    },
    stay: { 'badge statement outcome answer': 'It belongs to whom it is about.' },
  },
  fact_correction: {
    people: {
      person_id: own('Corrections', 'Guides and readings that an admin added for you, or took out.'),
      by_id: hand,
    },
    stay: { 'guide module change was': 'It counts for somebody else.' },
  },
  dispute: {
    people: {
      person_id: own('What you said is counted wrongly', 'In your words, and what was answered.'),
      answered_by_id: hand,
    },
    stay: { 'badge counter course of shown claimed words outcome answer': 'It belongs to whom it is about.' },
  },
  badge_version: {
    people: {
      put_in_force_by: did(
        'Rules you put into force',
        'Of which badge, and why.',
        'They are the community’s.',
      ),
    },
    stay: { 'badge criteria reason': 'They are the community’s.' },
  },
  duty: { people: { person_id: own('Duties', 'What a badge asked of you, and by when.') } },
  issued_credential: {
    people: {
      certificate_id: {
        through: inCertificates,
        told: part('Places in the status lists', 'Where outsiders look whether a credential of yours holds.'),
        leaving: apart('erasing/certificates.ts'),
      },
    },
    stay: { salt: 'Random; it belongs to a certificate that is kept.' },
  },
  certificate: {
    people: {
      person_id: {
        told: part(
          'Certificates',
          'Each badge that was granted to you, with its code and what became of it.',
        ),
        leaving: apart('erasing/certificates.ts'),
      },
    },
    stay: {
      'code badge ended_by suspended_for':
        'What a certificate needs to go on verifying, where they chose that.',
      kept_name: 'The name on it, where they chose that.',
    },
  },

  // The record and the log.
  record_disclosure: {
    people: {
      seq: {
        through: 'select seq from record_entry where person_id = $',
        told: not('Told with the entries: “The certification record”.'),
        leaving: apart('../record/erase.ts'),
      },
    },
    stay: {
      'name salt value': 'What the record says of others, in words of office: its digests can’t be changed.',
    },
  },
  record_entry: {
    people: {
      person_id: {
        told: not('Told as “The certification record”, with the salts that prove what it says.'),
        leaving: apart('../record/erase.ts'),
      },
      actor_id: {
        told: not('The decisions are about others; the lines of the log say that they made them.'),
        leaving: apart('../record/erase.ts'),
      },
    },
    stay: {
      'kind certificate_code badge criteria reason_class commitments previous_hash hash':
        'Rules, random codes and salted digests: they say nothing of anybody.',
    },
  },
  audit_entry: {
    people: {
      actor_id: {
        told: part('The log: what you did', 'Every write of yours.'),
        leaving: apart('erasing/log.ts'),
      },
      subject_id: {
        told: not('Told as “The log: what was done to you”.'),
        leaving: apart('erasing/log.ts'),
      },
    },
    stay: { action: 'One of our words.', details: 'Of acts upon others; those about them are emptied.' },
  },

  // The account.
  notification: {
    people: {
      person_id: own('Notifications', 'What you were told.'),
      by_id: { told: not('It was written for somebody else.'), leaving: apart('erasing/names.ts') },
    },
    stay: { 'kind summary href': 'Said to others; handle and address of who left are taken out.' },
  },
  webhook_attempt: {
    people: {
      delivery_id: {
        through:
          'select d.id from webhook_delivery d join webhook_event e on e.id = d.event_id where e.person_id = $',
        told: not('It tells of our line to the chat platform, and not of you.'),
        leaving: goes,
      },
    },
    stay: { 'answer problem': 'About others.' },
  },
  webhook_delivery: {
    people: {
      event_id: {
        through: 'select id from webhook_event where person_id = $',
        told: not('It tells of our line to the chat platform, and not of you.'),
        leaving: goes,
      },
    },
    stay: { state: 'One of our words.' },
  },
  webhook_event: {
    people: {
      person_id: own(
        'What the chat platform was told',
        'Each change of your badges and your account, of the last 90 days.',
      ),
    },
    stay: { 'name type data': 'About others.' },
  },
  session: {
    people: { person_id: own('Where you are signed in', 'Devices, and until when.') },
    untold: { id: secret },
  },
  password_reset: {
    people: { person_id: own('Links for a new password', 'When you asked for one.') },
    untold: { token_hash: secret },
  },
  invitation: {
    people: {
      by_id: {
        told: part('Invitations you made', 'For whom, in your words.'),
        leaving: stays('Who came by it is somebody else.', {
          note: `''`,
          withdrawn_at: 'case when accepted_at is null then coalesce(withdrawn_at, now()) end',
        }),
      },
      accepted_by_id: {
        told: part('The invitation you came by', 'When you took it up.'),
        leaving: stays('It is somebody else’s.', { note: `''` }),
      },
    },
    untold: { token_hash: secret },
    stay: { token_hash: secret, role: 'One of our words.', note: 'Words of others; theirs are emptied.' },
  },
  buddy: {
    people: {
      leader_id: own('New leaders you are a buddy of', 'Since when.', ['newcomer_id']),
      newcomer_id: own('Your buddies', 'Since when.', ['leader_id']),
      by_id: hand,
      ended_by_id: hand,
    },
  },
  suspension: {
    people: {
      person_id: own('Suspensions', 'When your account was closed, and why.'),
      by_id: hand,
      ended_by_id: hand,
    },
    stay: { reason: 'Said in office, to somebody else.' },
  },
  admin_appointment: {
    people: {
      person_id: own('Running the programme', 'When you were an admin.'),
      by_id: hand,
      ended_by_id: hand,
    },
  },
  api_token: {
    people: {
      by_id: did(
        'API tokens you made',
        'For the chat platform.',
        'It is the community’s, whose platform would stand still.',
      ),
      revoked_by_id: hand,
    },
    untold: { token_hash: secret },
    stay: { 'name token_hash scopes': 'It is the community’s.' },
  },
  webhook_endpoint: {
    people: {
      by_id: did(
        'Webhooks you added',
        'For the chat platform.',
        'It is the community’s, whose platform would stand still.',
      ),
      paused_by_id: hand,
      removed_by_id: hand,
    },
    untold: { salt: secret, secret_trace: secret },
    stay: { 'name url events salt secret_trace paused_for': 'It is the community’s.' },
  },
  idempotency_key: {
    people: {
      owner: {
        through: `select '$'`,
        told: not('A number for each press of a button, for two days.'),
        leaving: goes,
      },
    },
    stay: { 'owner digest redirect flash': 'Of others; a handle in it is swept with its row.' },
  },
  rate_limit: {
    people: {
      key: {
        through: `select key from rate_limit where false and $ = 0`,
        told: not(
          'Counts of tries by the number of your account, your handle or your address, for an hour at most.',
        ),
        leaving: apart('erasing/elsewhere.ts'),
      },
    },
    stay: { key: 'Of others.' },
  },
}

/** Tables that hold nothing of anybody, and why. */
export const nobodys: Readonly<Record<string, string>> = {
  due_date: 'A cohort’s days.',
  search_page: 'The content.',
  search_word:
    'Words without who wrote them; those that only they used are forgotten (erasing/elsewhere.ts).',
  record_node: 'Hashes.',
  tree_head: 'Hashes, signed.',
  site_fact: 'Facts about the site.',
  withdrawn_credential: 'Places in the status lists, which lead to nobody.',
}
