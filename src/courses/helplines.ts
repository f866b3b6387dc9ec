import { z } from 'zod'
import { line } from '../authoring/text.ts'

const helpline = z
  .strictObject({
    name: line(80).describe('who answers'),
    phone: line(40).optional().describe('the number to call'),
    text: line(80).optional().describe('how to reach it by text message'),
    url: z
      .url({ protocol: /^https$/ })
      .optional()
      .describe('its own page, starting with `https://`'),
    for: line(160).optional().describe('whom it is for'),
    hours: line(80).optional().describe('when it answers'),
  })
  .refine(({ phone, text, url }) => phone ?? text ?? url, {
    error: 'gives no way to reach it\nAdd a `phone`, a `text` or a `url`.',
  })

const region = z.strictObject({
  region: line(8).describe('a short code, such as `GB`'),
  name: line(60).describe('the region as people there call it'),
  emergency: line(80).describe('the emergency number there'),
  zones: z.array(line(60)).min(1).describe('its time zones, such as `Europe/London` or `Australia/*`'),
  helplines: z.array(helpline).min(1).describe('who answers there'),
})

/** `content/helplines.yaml`: who to turn to in a crisis, by region. */
export const helplinesSchema = z.strictObject({
  checked: z.iso
    .date({ error: 'is not a day\nWrite it like `2026-11-22`.' })
    .optional()
    .describe('the day on which somebody last rang or opened every entry; leave it out until somebody has'),
  international: helpline.describe('where to look in every other country'),
  regions: z.array(region).min(1).describe('one for each country that is known'),
})

export type Helpline = z.output<typeof helpline>
export type HelplineRegion = z.output<typeof region>
export type Helplines = z.output<typeof helplinesSchema>

/** The region that a reader's time zone lies in; undefined where there is none, or where it tells nothing (UTC). */
export const regionFor = ({ regions }: Helplines, timeZone: string): HelplineRegion | undefined =>
  regions.find(({ zones }) =>
    zones.some(zone => (zone.endsWith('*') ? timeZone.startsWith(zone.slice(0, -1)) : timeZone === zone)),
  )
