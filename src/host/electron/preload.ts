import { contextBridge, ipcRenderer, webFrame } from 'electron'
import type { Bridge } from './calls.ts'

// WebRTC and WebTransport obey neither the Content-Security-Policy in full nor the request filter. The preload runs
// before any script of the page, and this script in the page's world before the preload returns.
void webFrame.executeJavaScript(`
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (/^(webkit)?RTC|^WebTransport/.test(name)) delete globalThis[name]
  }
`)

type Name = Exclude<keyof Bridge, 'onCommand'>

function ask<N extends Name>(name: N): Bridge[N] {
  return ((...args: readonly unknown[]) => ipcRenderer.invoke(`assay:${name}`, ...args)) as Bridge[N]
}

const bridge: Bridge = {
  describe: ask('describe'),
  save: ask('save'),
  showMenu: ask('showMenu'),
  showTheme: ask('showTheme'),
  refusals: ask('refusals'),
  writeOutput: ask('writeOutput'),
  say: ask('say'),
  finish: ask('finish'),
  onCommand(listener) {
    const heard = (_: unknown, id: string) => listener(id)
    ipcRenderer.on('assay:command', heard)
    return () => void ipcRenderer.removeListener('assay:command', heard)
  },
}

contextBridge.exposeInMainWorld('assay', bridge)
