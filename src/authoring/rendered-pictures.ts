import type { Root } from 'hast'
import { visit } from 'unist-util-visit'
import { type Picture, pictureNamed } from './pictures.ts'

/** Gives the pictures in a text their address and size; one that is not there is said in its words. */
export function showPictures(tree: Root, pictures: ReadonlyMap<string, Picture>) {
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName !== 'img' || !parent || index === undefined) return
    const { src, alt } = node.properties
    const picture = pictures.get(pictureNamed(String(src)) ?? '')
    if (!picture) {
      parent.children[index] = { type: 'text', value: alt ?? '' }
      return
    }
    node.properties = {
      className: ['picture'],
      ...{ src: picture.href, alt, width: picture.width, height: picture.height },
      ...{ loading: 'lazy', decoding: 'async' },
    }
  })
}
