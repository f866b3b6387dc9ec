import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type LaunchOptions } from '@playwright/test'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where systems keep a Chromium. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser asks nothing of the world outside. */
const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/**
 * How Playwright starts a real Chromium: the one that CHROMIUM_PATH names (`packaged` for the last of these), one of
 * the system's, Playwright's own, or else the one that comes in a package of npm.
 */
export function launchOptions(): LaunchOptions {
  const wished = process.env.CHROMIUM_PATH
  const found = wished ? [wished] : [...installed, chromium.executablePath()].filter(runs)
  const browser = found[0] && found[0] !== 'packaged' ? { executablePath: found[0] } : packaged()
  return { ...browser, args, chromiumSandbox: canSandbox() }
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Chromium's sandbox needs a user other than root, and a kernel that lets one have namespaces of one's own. */
function canSandbox(): boolean {
  if (process.getuid?.() === 0) return false
  return process.platform !== 'linux' || spawnSync('unshare', ['--user', 'true']).status === 0
}

/**
 * The Chromium of @sparticuz/chromium, made for Amazon's Lambda: it brings the libraries that a bare system lacks,
 * but looks for them, and for its fonts, in places that only Lambda has. Its flags are left aside: among them is
 * `--disable-web-security`, under which browsers send no Origin, and every form would be refused.
 */
function packaged(): LaunchOptions {
  const folder = join(root, 'node_modules/.cache/chromium')
  if (!existsSync(folder)) unpack(folder)
  const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: libraries,
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  }
}

/** The package unpacks into the temporary folder, whichever that is; so it is given one. */
function unpack(folder: string): void {
  const draft = `${folder}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  const script = `
    import { createRequire } from 'node:module'
    import { dirname, join } from 'node:path'
    import chromium, { inflate } from '@sparticuz/chromium'
    const home = dirname(dirname(createRequire(process.cwd() + '/').resolve('@sparticuz/chromium')))
    await Promise.all([chromium.executablePath(), inflate(join(home, 'bin/al2023.tar.br'))])`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env: { ...process.env, TMPDIR: draft, NODE_OPTIONS: '' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The packaged Chromium could not be unpacked: ${stderr}`)
  writeFileSync(join(draft, 'fonts.conf'), fontsOf(folder))
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** The system's fonts where there are any, and the package's. */
const fontsOf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`
