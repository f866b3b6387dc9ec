const allowed = new Set(
  'p br strong em del a code pre blockquote ul ol li hr h4 h5 h6 table thead tbody tr th td'.split(' '),
)

/** What is wrong with HTML that a person's words became: any tag, attribute or address that we did not intend. */
export function misdeeds(html: string): string[] {
  const tags = [...html.matchAll(/<(?!\/?[a-z][a-z0-9]*(?: [a-z]+="[^"<>]*")*>)/g)].map(({ index }) =>
    html.slice(index, index + 40),
  )
  const wrong = [...html.matchAll(/<\/?([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>/g)].flatMap(
    ([tag, name = '', attributes = '']) => {
      const fine =
        allowed.has(name) &&
        [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].every(([, key, value = '']) =>
          isFine(name, key, value),
        )
      return fine ? [] : [tag]
    },
  )
  return [...tags, ...wrong]
}

function isFine(tag: string, key: string | undefined, value: string) {
  if (tag === 'a' && key === 'rel') return value === 'nofollow ugc noopener'
  if (tag === 'a' && key === 'href') return /^(https?:|mailto:|[^:]*$|[^:]*[/?#])/.test(value)
  return tag === 'ol' && key === 'start' && /^\d+$/.test(value)
}
