import { describe, expect, test } from 'vitest'
import { type Sender, trusts } from './sender.ts'

const windows = new Set([7])

/** An event of the app's own window, changed as the case says. */
function event({
  url = 'app://assay/index.html',
  id = 7,
  routingId = 3,
  processId = 5,
  destroyed = false,
  noFrame = false,
}): Sender {
  const mainFrame = { url: 'app://assay/index.html', processId: 5, routingId: 3 }
  return {
    senderFrame: noFrame ? null : { url, processId, routingId },
    sender: { id, mainFrame, isDestroyed: () => destroyed },
  }
}

describe('a message is trusted', () => {
  test('from the main frame of the window on its own page', () => {
    expect(trusts(event({}), windows)).toBe(true)
    expect(trusts(event({ url: 'app://assay/report.html?x=1#y' }), windows)).toBe(true)
  })
})

describe('a message is not trusted', () => {
  test.each<[string, Sender]>([
    ['from a frame that is gone', event({ noFrame: true })],
    ['from a window that is closed', event({ destroyed: true })],
    ['from a window that nobody opened', event({ id: 8 })],
    ['from a frame inside the page', event({ routingId: 4 })],
    ['from a frame of another process', event({ processId: 6 })],
    ['from an empty page', event({ url: 'about:blank' })],
    ['from a page without address', event({ url: '' })],
    ['from another host', event({ url: 'app://evil/index.html' })],
    ['from a host that begins alike', event({ url: 'app://assay.evil/index.html' })],
    ['from a host behind credentials', event({ url: 'app://assay@evil/' })],
    ['with credentials', event({ url: 'app://user@assay/' })],
    ['with a password', event({ url: 'app://:secret@assay/' })],
    ['from another port', event({ url: 'app://assay:81/' })],
    ['from another scheme', event({ url: 'https://assay/' })],
    ['from a scheme that begins alike', event({ url: 'app2://assay/' })],
    ['from a file', event({ url: 'file:///app://assay/' })],
    ['from a document in a blob', event({ url: 'blob:app://assay/0' })],
    ['from a document in its own address', event({ url: 'data:text/html,app://assay/' })],
  ])('%s', (_, forged) => {
    expect(trusts(forged, windows)).toBe(false)
  })
})
