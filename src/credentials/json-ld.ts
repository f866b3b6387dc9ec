/** What JSON-LD is made of. */
export type JsonObject = { [name: string]: Json }
export type Json = string | number | boolean | null | Json[] | JsonObject

/** How JSON-LD libraries ask for a document that another one names. */
export type DocumentLoader = (url: string) => Promise<{
  contextUrl: null
  documentUrl: string
  document: object
}>
