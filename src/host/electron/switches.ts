import { app } from 'electron'

/**
 * Silences what Chromium does of its own accord. The resolver rule is the floor under everything else: no name and
 * no address, not even that of this machine, can be connected to by the network stack.
 */
export function silenceChromium(): void {
  const { commandLine } = app
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')
  // With its trap handler V8 leaves a wasm fault to the process: on Linux a hostile file or query then ends the whole
  // page (seen in Electron 33), where a checked access throws and costs one worker.
  commandLine.appendSwitch('disable-features', 'WebAssemblyTrapHandler')
  for (const name of [
    'disable-background-networking',
    'disable-breakpad',
    'disable-component-update',
    'disable-default-apps',
    'disable-domain-reliability',
    'disable-sync',
    'no-first-run',
    'no-pings',
  ]) {
    commandLine.appendSwitch(name)
  }
}
