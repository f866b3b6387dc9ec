import { readBakedPng } from './png.ts'
import { readBakedSvg } from './svg.ts'
import { mostBytes, Unbaked } from './unbaked.ts'

/** The most that a picture may weigh which somebody brings: bytes. */
const mostPicture = 5 * 1024 * 1024

/**
 * The credential, JSON or a token, that a file carries: a baked PNG or SVG, or the credential by itself. What kind of
 * file it is, its first bytes say, whatever it is called. Nothing of it is believed yet.
 * @throws Unbaked with a sentence for whoever brought it
 */
export function readBaked(file: Uint8Array): string {
  if (file.byteLength > mostPicture) throw new Unbaked('This file is larger than 5 MB.')
  if (file[0] === 0x89) return readBakedPng(file)
  const text = textOf(file)
    .replace(/^\uFEFF/, '')
    .trim()
  if (text.startsWith('<')) return readBakedSvg(text)
  if (text.length > mostBytes) throw new Unbaked('This is more than any credential takes.')
  if (text.startsWith('{') || /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) return text
  throw new Unbaked('This is no credential: bring a PNG, an SVG, a JSON file or a token.')
}

function textOf(file: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch {
    throw new Unbaked('This is no credential: bring a PNG, an SVG, a JSON file or a token.')
  }
}
