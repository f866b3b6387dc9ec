import { first, linkOn, openAll, press, type Sight } from './sight.ts'

/** A topic on the community's board. */
const topicCalled = (title: string) => linkOn('/boards/community', `main a:has-text("${title}")`)

/** Boards and posts. */
export const talk: Sight[] = [
  { route: '/boards', name: 'one’s own', as: 'demo-trainee', path: '/boards' },
  { route: '/boards', name: 'with every cohort’s to find', as: 'demo-admin', path: '/boards?q=e' },
  { route: '/boards/[board]', name: 'of the community', as: 'demo-trainee', path: '/boards/community' },
  {
    ...{ route: '/boards/[board]', name: 'of a cohort', as: 'demo-trainee' },
    path: linkOn('/boards', 'main a:has-text("Autumn circle")'),
  },
  {
    ...{ route: '/boards/[board]/new', name: 'a topic', as: 'demo-new', path: '/boards/community/new' },
    then: press('Start the topic'),
  },
  {
    ...{ route: '/boards/[board]/new', name: 'a poll, refused', as: 'demo-mentor' },
    ...{ path: '/boards/community/new?form=poll', then: press('Start the poll') },
  },
  {
    ...{ route: '/topics/[topic]', name: 'a talk', as: 'demo-trainee' },
    path: topicCalled('ideal group support room'),
  },
  { route: '/topics/[topic]', name: 'closed', as: 'demo-trainee', path: topicCalled('The Thursday room') },
  {
    route: '/topics/[topic]',
    name: 'from right to left',
    as: 'demo-admin',
    path: topicCalled('محادثة صعبة'),
  },
  { route: '/topics/[topic]', name: 'a poll', as: 'demo-new', path: topicCalled('monthly community call') },
  {
    ...{ route: '/topics/[topic]', name: 'a poll that one has voted in', as: 'demo-mentor' },
    path: topicCalled('monthly community call'),
  },
  { route: '/topics/[topic]', name: 'a check-in', as: 'demo-new', path: topicCalled('How are you today?') },
  {
    ...{ route: '/topics/[topic]', name: 'a check-in’s results', as: 'demo-new' },
    path: async page => `${await topicCalled('How are you today?')(page)}?answers=results`,
  },
  { route: '/new', name: 'some', as: 'demo-trainee', path: '/new' },
  { route: '/new', name: 'nothing', as: 'demo-new', path: '/new' },
  {
    ...{ route: '/posts/[post]', name: 'leads to its discussion', as: 'demo-trainee' },
    path: linkOn('/people/demo-trainee', 'a[href^="/posts/"]'),
  },
  {
    ...{ route: '/posts/[post]/history', name: 'of a post', as: 'demo-trainee' },
    path: async page => `${await linkOn('/people/demo-trainee', 'a[href^="/posts/"]')(page)}/history`,
  },
  {
    ...{ route: '/posts/[post]/report', name: 'fresh', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href$="/report"]'),
  },
  {
    ...{ route: '/posts/[post]/report', name: 'worried', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href$="/report"]'),
    then: page => page.getByRole('radio', { name: /worried/ }).check(),
  },
  {
    ...{ route: '/posts/[post]/report', name: 'nothing chosen', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href$="/report"]'),
    then: press('Report it'),
  },
  {
    ...{ route: '/posts/[post]/moderate', name: 'a reply', as: 'demo-mentor' },
    ...{ path: linkOn(first, '#discussion .reply a[href$="/moderate"]'), then: openAll },
  },
  {
    ...{ route: '/posts/[post]/history', name: 'what changed', as: 'demo-trainee' },
    path: linkOn(first, '#discussion a[href$="/history"]'),
  },
  {
    ...{ route: '/posts/[post]/history', name: 'the whole text', as: 'demo-trainee' },
    path: async page => `${await linkOn(first, '#discussion a[href$="/history"]')(page)}?as=text`,
  },
  {
    ...{ route: '/posts/[post]/delete', name: 'a reflection that has passed', as: 'demo-trainee' },
    path: linkOn(first, '#reflection a[href$="/delete"]'),
  },
]
