import sharp from 'sharp'
import type { Emblem, Tint } from '../../badges/badge.ts'
import { emblemPicture } from '../../badges/emblem-picture.ts'
import { bakePng } from './png.ts'
import { bakedElement } from './svg.ts'

// Each picture is drawn once: what the library would keep for another time, and threads of its own, only cost memory.
sharp.cache(false)
sharp.concurrency(1)

/** Width and height of badges as pictures: pixels. */
export const pictureSize = 512

export interface Look {
  emblem: Emblem
  tint: Tint
}

/** A badge as an SVG with a credential in it. */
export const bakedSvg = (look: Look, credential: string): string =>
  emblemPicture(look, pictureSize, bakedElement(credential))

/** A badge as a PNG with a credential in it. */
export const bakedPng = async (look: Look, credential: string): Promise<Uint8Array> =>
  bakePng(await drawnPng(look), credential)

/** As there are few badges, each is drawn once a process. */
const drawn = new Map<string, Promise<Uint8Array>>()

/** A badge as a PNG. */
export function drawnPng(look: Look): Promise<Uint8Array> {
  const name = `${look.emblem} ${look.tint}`
  const known = drawn.get(name)
  if (known) return known
  const made = sharp(Buffer.from(emblemPicture(look, pictureSize)))
    .png({ compressionLevel: 9 })
    .toBuffer()
  drawn.set(name, made)
  return made
}
