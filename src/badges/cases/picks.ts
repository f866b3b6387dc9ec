/** One of those who were chosen in the queue. */
export interface Pick {
  personId: number
  badge: string
}

/** A pick as forms and addresses name it. */
export const pickName = ({ personId, badge }: Pick) => `${personId}.${badge}`

/** The pick of this name; nothing where somebody has meddled with it. */
export function pickFrom(name: string): Pick[] {
  const [, id, badge] = /^(\d{1,15})\.([a-z0-9-]{1,80})$/.exec(name) ?? []
  return id === undefined || badge === undefined ? [] : [{ personId: Number(id), badge }]
}
