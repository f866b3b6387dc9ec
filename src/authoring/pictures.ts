import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PictureSize, pictureTypes, sizeOf } from './picture-size.ts'
import type { Report } from './problem.ts'

/** A picture of `content/pictures/`. */
export type Picture = PictureSize & {
  /** `flow.png` */
  readonly name: string
  /** Where it lies. */
  readonly file: string
  /** Where it is served: the address changes when the picture does, so that it may be kept for ever. */
  readonly href: string
}

/** More than this takes a phone on a poor connection several seconds. */
const mostBytes = 300 * 1024

/** Looks at every file in `content/pictures/` and reports those that can't be shown. */
export function readPictures(folder: string, report: Report): Map<string, Picture> {
  const place = join(folder, 'pictures')
  const names = existsSync(place) ? readdirSync(place).filter(name => !/^(\.|README\.md$)/.test(name)) : []
  const pictures = names.toSorted().flatMap(name => readPicture(folder, name, report) ?? [])
  return new Map(pictures.map(picture => [picture.name, picture]))
}

function readPicture(folder: string, name: string, report: Report): Picture | undefined {
  const file = join(folder, 'pictures', name)
  const wrong = (problem: string, remedy: string) => {
    report(file, 1, problem, remedy)
  }
  const [, base, ending] = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.(png|jpg|webp|avif|svg)$/.exec(name) ?? []
  if (base === undefined) {
    wrong(
      `'${name}' is no name for a picture`,
      'Use small letters, digits and single hyphens, and end it with .png, .jpg, .webp, .avif or .svg.',
    )
    return undefined
  }
  const bytes = readFileSync(file)
  const size = sizeOf(bytes)
  if (!size || size.type !== ending) {
    wrong(
      size ? `is a picture of the kind ${size.type}` : `is no ${ending} that can be read`,
      size
        ? `Name it ${base}.${size.type}.`
        : 'Export it again. An SVG needs a `width` and `height`, or a `viewBox`.',
    )
    return undefined
  }
  if (bytes.length > mostBytes)
    wrong(
      `has ${Math.ceil(bytes.length / 1024)} KB, and 300 KB is the most`,
      'Make it smaller (1,400 pixels are wide enough), or save it as .webp.',
    )
  if (size.type === 'svg' && isActive(bytes.toString('utf8')))
    wrong(
      'can do more than be looked at',
      'Export it without scripts, links, and what it loads from elsewhere.',
    )
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  return { ...size, name, file, href: `/pictures/${base}.${hash}.${ending}` }
}

/** Scripts, handlers of events, foreign elements, entities, and whatever an SVG would fetch. */
const isActive = (svg: string): boolean =>
  /<\s*(?:[\w-]+:)?(?:script|foreignObject|iframe|object|embed|handler|a)\b|\son\w+\s*=|<!(?:ENTITY|DOCTYPE[^>]*\[)|javascript:|@import|(?:href|src)\s*=\s*["']\s*(?!#|data:image\/(?:png|jpeg|webp))|url\(\s*["']?(?!#)/i.test(
    svg,
  )

/** The media type to serve it with. */
export const mediaType = ({ type }: Picture): string => pictureTypes[type]

/** The name of the picture at an address of ours: `flow.png` of `/pictures/flow.0123456789abcdef.png`. */
export const pictureAt = (href: string): string | undefined =>
  /^\/pictures\/([^./]+)\.[^./]+\.([^./]+)$/.exec(href)?.slice(1).join('.')

/** How a text names a picture: `pictures/flow.png`; undefined for any other address. */
export const pictureNamed = (url: string): string | undefined => /^\/?pictures\/([^/]+)$/.exec(url)?.[1]
