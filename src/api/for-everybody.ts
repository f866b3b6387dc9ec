/** What anybody's program may read, wherever it runs. */
export const forEverybody = { 'access-control-allow-origin': '*' }

/** JSON-LD for programs, kept for a minute on the way. */
export const jsonLd = (value: unknown, type = 'application/ld+json'): Response =>
  new Response(JSON.stringify(value), {
    headers: { ...forEverybody, 'content-type': type, 'cache-control': 'public, max-age=60' },
  })
