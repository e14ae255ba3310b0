import { app } from 'electron'

/**
 * Silences what Chromium does of its own accord. The resolver rule is the floor under everything else: no name and
 * no address, not even that of this machine, can be connected to by the network stack.
 */
export function silenceChromium(): void {
  const { commandLine } = app
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')
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
