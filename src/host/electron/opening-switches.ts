const opensTheApp = [
  'allow-file-access-from-files',
  'allow-running-insecure-content',
  'disable-site-isolation-trials',
  'disable-web-security',
  'host-resolver-rules',
  'host-rules',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'js-flags',
  'load-extension',
  'no-sandbox',
  'proxy-pac-url',
  'proxy-server',
  'remote-allow-origins',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'renderer-cmd-prefix',
  'require',
  'unsafely-treat-insecure-origin-as-secure',
]

/**
 * Command-line switches that would open the app to inspection or to the network. A packaged Assay refuses to start
 * with any of them (no fuse covers Chromium's switches); in development Playwright's inspection needs them.
 */
export function openingSwitches(argv: readonly string[]): readonly string[] {
  return argv.filter(argument => {
    const name = /^--?([a-z-]+)(?:=|$)/i.exec(argument)?.[1]?.toLowerCase()
    return name !== undefined && opensTheApp.includes(name)
  })
}
