import { postedValues, writtenIn } from './actions/form.ts'
import { html } from './layout/html.ts'

/** An answer that needs neither database nor page. What somebody wrote is on it, and can be sent again. */
export function plain(status: number, sentence: string, form: FormData | null = null): Response {
  const values = form ? postedValues(form) : {}
  const written = writtenIn(values)
  const hidden = Object.entries(values).flatMap(([name, all]) => all.map(value => ({ name, value })))
  const body = html`<!doctype html>
    <html lang="en-GB" dir="ltr">
      <meta charset="utf-8" /><meta name="viewport" content="width=device-width" /><meta
        name="color-scheme"
        content="light dark"
      /><title>Trellis</title>
      <main data-trouble="${status}">
        <p>${sentence}</p>
        ${
          written.length > 0
            ? html`<p>Here is what you wrote. Copy it to be sure.</p>
                ${written.map(
                  ({ value }) =>
                    html`<p>
                      <textarea readonly rows="12" cols="60" dir="auto" aria-label="What you wrote">
${value}</textarea>
                    </p>`,
                )}
                <form method="POST">
                  ${hidden.map(
                    ({ name, value }) => html`<input type="hidden" name="${name}" value="${value}" />`,
                  )}<button>Send it again</button>
                </form>`
            : html`<p><a href="">Try again</a></p>`
        }
      </main>
    </html>`
  return new Response(body.text, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...(status === 503 && { 'retry-after': '5' }) },
  })
}
