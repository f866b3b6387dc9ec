interface Shared {
  title: string
  address: string
  grantedAt: Date
  /** The last day of its validity, if it lapses. */
  expiresOn: string | null
  issuer: string
}

/**
 * LinkedIn's form for a certificate in one's own profile, filled in. It is a link and nothing more: until somebody
 * follows it, LinkedIn hears nothing of them.
 */
export function profileLink({ title, address, grantedAt, expiresOn, issuer }: Shared): string {
  const until = expiresOn && new Date(expiresOn)
  const fields = {
    startTask: 'CERTIFICATION_NAME',
    name: title,
    organizationName: issuer,
    ...dated('issue', grantedAt),
    ...(until && dated('expiration', until)),
    certUrl: address,
    certId: address.slice(address.lastIndexOf('/') + 1),
  }
  return `https://www.linkedin.com/profile/add?${new URLSearchParams(fields).toString()}`
}

const dated = (which: string, on: Date): Record<string, string> => ({
  [`${which}Year`]: String(on.getUTCFullYear()),
  [`${which}Month`]: String(on.getUTCMonth() + 1),
})
