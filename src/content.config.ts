import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'

/**
 * The bodies of lessons and guides, for pages to render. Their frontmatter has been read and checked by
 * `src/authoring/` before Astro looks at it, so nothing is asked of it here; `content()` is where it is had from.
 */
const schema = z.object({ title: z.string() })

/** By module id: `courses/moderator-training/03-ground-rules.mdx` is `moderator-training/ground-rules`. */
const modules = defineCollection({
  loader: glob({
    base: './content/courses',
    pattern: '*/*.mdx',
    retainBody: false,
    generateId: ({ entry }) => entry.replace(/\/\d+-/, '/').replace(/\.mdx$/, ''),
  }),
  schema,
})

/** By guide id: `giving-a-warning`. */
const guides = defineCollection({
  loader: glob({
    base: './content/guides',
    pattern: '*.mdx',
    retainBody: false,
    generateId: ({ entry }) => entry.replace(/\.mdx$/, ''),
  }),
  schema,
})

export const collections = { modules, guides }
