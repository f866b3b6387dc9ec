import arrowDown from 'lucide-static/icons/arrow-down.svg?raw'
import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw'
import arrowRight from 'lucide-static/icons/arrow-right.svg?raw'
import arrowUp from 'lucide-static/icons/arrow-up.svg?raw'
import award from 'lucide-static/icons/award.svg?raw'
import bell from 'lucide-static/icons/bell.svg?raw'
import bookmark from 'lucide-static/icons/bookmark.svg?raw'
import bookOpen from 'lucide-static/icons/book-open.svg?raw'
import check from 'lucide-static/icons/check.svg?raw'
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw'
import circle from 'lucide-static/icons/circle.svg?raw'
import circleAlert from 'lucide-static/icons/circle-alert.svg?raw'
import circleCheck from 'lucide-static/icons/circle-check.svg?raw'
import circleHelp from 'lucide-static/icons/circle-question-mark.svg?raw'
import clock from 'lucide-static/icons/clock.svg?raw'
import house from 'lucide-static/icons/house.svg?raw'
import inbox from 'lucide-static/icons/inbox.svg?raw'
import info from 'lucide-static/icons/info.svg?raw'
import lifeBuoy from 'lucide-static/icons/life-buoy.svg?raw'
import lock from 'lucide-static/icons/lock.svg?raw'
import logIn from 'lucide-static/icons/log-in.svg?raw'
import messages from 'lucide-static/icons/messages-square.svg?raw'
import pencil from 'lucide-static/icons/pencil.svg?raw'
import pin from 'lucide-static/icons/pin.svg?raw'
import printer from 'lucide-static/icons/printer.svg?raw'
import quote from 'lucide-static/icons/quote.svg?raw'
import reply from 'lucide-static/icons/reply.svg?raw'
import search from 'lucide-static/icons/search.svg?raw'
import settings from 'lucide-static/icons/settings-2.svg?raw'
import sprout from 'lucide-static/icons/sprout.svg?raw'
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw'
import undo from 'lucide-static/icons/undo-2.svg?raw'
import user from 'lucide-static/icons/circle-user-round.svg?raw'
import users from 'lucide-static/icons/users-round.svg?raw'
import x from 'lucide-static/icons/x.svg?raw'

const drawings = {
  'arrow-down': arrowDown,
  'arrow-left': arrowLeft,
  'arrow-right': arrowRight,
  'arrow-up': arrowUp,
  award,
  bell,
  bookmark,
  'book-open': bookOpen,
  check,
  'chevron-right': chevronRight,
  circle,
  'circle-alert': circleAlert,
  'circle-check': circleCheck,
  'circle-help': circleHelp,
  clock,
  house,
  inbox,
  info,
  'life-buoy': lifeBuoy,
  lock,
  'log-in': logIn,
  messages,
  pencil,
  pin,
  printer,
  quote,
  reply,
  search,
  settings,
  sprout,
  'triangle-alert': triangleAlert,
  undo,
  user,
  users,
  x,
}

/** The icons in use, by name. From Lucide (ISC licence); add one by importing its file here. */
export type IconName = keyof typeof drawings

/** The strokes of each icon, without Lucide's own <svg> around them: on a grid of 24, stroked, unfilled. */
export const icons = Object.fromEntries(
  Object.entries(drawings).map(([name, svg]) => [name, strokes(svg)]),
) as Record<IconName, string>

function strokes(svg: string): string {
  return svg
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/\s*\n\s*/g, '')
}
