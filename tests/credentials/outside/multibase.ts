const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** The bytes that base 58 stands for, counted the long way: nothing of ours has a part in it. */
export function base58Decoded(text: string): Buffer {
  const bytes: number[] = []
  for (const letter of text) {
    let carry = alphabet.indexOf(letter)
    if (carry < 0) throw new Error(`${letter} is no digit of base 58.`)
    for (let place = 0; place < bytes.length; place++) {
      carry += bytes[place]! * 58
      bytes[place] = carry & 255
      carry >>= 8
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255)
  }
  const zeros = /^1*/.exec(text)![0].length
  return Buffer.from([...Array<number>(zeros).fill(0), ...bytes.reverse()])
}
