import { app, type Session, type WebContents } from 'electron'
import { isOwn } from './origin.ts'
import type { RefusalLog } from './refusals.ts'

/** Closes every way out of every session and every page there will ever be. Call once, before `ready`. */
export function guardEverything(log: RefusalLog): void {
  app.on('session-created', session => guardSession(session, log))
  app.on('web-contents-created', (_, contents) => guardContents(contents, log))
}

function guardSession(session: Session, log: RefusalLog): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isAllowed(details.url)
    if (cancel) log.note('request', details.url)
    answer({ cancel })
  })
  session.setPermissionRequestHandler((contents, permission, answer) => {
    log.note('permission', contents.getURL(), permission)
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_, answer) => answer({}))
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event, item) => {
    log.note('download', item.getURL())
    event.preventDefault()
  })
  // Nothing listens there, and the resolver rule does not even let it be asked.
  void session.setProxy({
    mode: 'fixed_servers',
    proxyRules: 'socks5://127.0.0.1:9',
    proxyBypassRules: '<-loopback>',
  })
}

/** `blob:` and `data:` are bytes that the page already holds; `devtools:` is Chromium's own inspector. */
function isAllowed(url: string): boolean {
  return (
    isOwn(url) ||
    url.startsWith('blob:app://assay/') ||
    url.startsWith('data:') ||
    url.startsWith('devtools://')
  )
}

function guardContents(contents: WebContents, log: RefusalLog): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (isReload(contents, event.url)) return
    log.note('navigation', event.url)
    event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event, _, { src }) => {
    log.note('webview', src ?? '')
    event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    log.note('window', url)
    return { action: 'deny' }
  })
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

function isReload(contents: WebContents, url: string): boolean {
  return isOwn(url) && url === contents.getURL()
}
