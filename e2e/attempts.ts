import type { Listener } from './listener.ts'

/** Ways to call out, each as the source of an expression; what it gives or throws does not matter. */
export type Attempts = Readonly<Record<string, string>>

/** What both a page and a worker have. */
export function anywhere({ http, authority, udpPort }: Listener): Attempts {
  return {
    fetch: `fetch('${http}/fetch').catch(() => {})`,
    'fetch without CORS': `fetch('${http}/opaque', { mode: 'no-cors' }).catch(() => {})`,
    XMLHttpRequest: `(() => { const x = new XMLHttpRequest(); x.open('GET', '${http}/xhr'); x.send() })()`,
    WebSocket: `new WebSocket('ws://${authority}/socket') && 0`,
    EventSource: `new EventSource('${http}/events') && 0`,
    'dynamic import': `import('${http}/module.js').catch(() => {})`,
    WebTransport: `new WebTransport('https://127.0.0.1:${udpPort}/').closed.catch(() => {})`,
  }
}

export function inWorker({ http }: Listener): Attempts {
  return { importScripts: `importScripts('${http}/script.js')` }
}

/** What only a page has, and what does not lead away from the page where it succeeds. */
export function inPage({ http, udpPort }: Listener): Attempts {
  const append = (tag: string, properties: string) =>
    `document.body.append(Object.assign(document.createElement('${tag}'), ${properties}))`
  return {
    image: `(() => { new Image().src = '${http}/image.png' })()`,
    sendBeacon: `navigator.sendBeacon('${http}/beacon', 'x')`,
    'window.open': `window.open('${http}/window') && 0`,
    script: append('script', `{ src: '${http}/script.js' }`),
    'style sheet': append('link', `{ rel: 'stylesheet', href: '${http}/style.css' }`),
    prefetch: append('link', `{ rel: 'prefetch', href: '${http}/prefetch' }`),
    frame: append('iframe', `{ src: '${http}/frame' }`),
    object: append('object', `{ data: '${http}/object' }`),
    video: append('video', `{ src: '${http}/video', autoplay: true }`),
    'worker of another origin': `new Worker('${http}/worker.js') && 0`,
    'form post': `(() => {
      const form = Object.assign(document.createElement('form'), { action: '${http}/form', method: 'post' })
      document.body.append(form)
      form.submit()
    })()`,
    'link in a new window': `(() => {
      const link = Object.assign(document.createElement('a'), { href: '${http}/link', target: '_blank' })
      document.body.append(link)
      link.click()
    })()`,
    link: `(() => {
      const link = Object.assign(document.createElement('a'), { href: '${http}/link' })
      document.body.append(link)
      link.click()
    })()`,
    'change of location': `(() => { location.href = '${http}/location' })()`,
    'WebRTC of a frame': `(() => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      const Peer = frame.contentWindow.RTCPeerConnection
      if (Peer) ${callByWebRtc('Peer', udpPort)}
    })()`,
  }
}

/** Source that makes a peer connection ask the listener for its address, as a STUN server. */
export function callByWebRtc(peerConnection: string, udpPort: number): string {
  return `(() => {
    const peer = new ${peerConnection}({ iceServers: [{ urls: 'stun:127.0.0.1:${udpPort}' }] })
    peer.createDataChannel('x')
    peer.createOffer().then(offer => peer.setLocalDescription(offer))
  })()`
}
