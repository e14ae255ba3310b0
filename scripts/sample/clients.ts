import type { Device } from './devices.ts'

/** Platform -> the organisations that have devices on it, in order of first appearance. */
export type Clients = ReadonlyMap<string, readonly string[]>

export function clientsOf(devices: readonly Device[]): Clients {
  const found = new Map<string, Set<string>>()
  for (const { platform_id, org_id } of devices) {
    if (org_id === null) continue
    const mine = found.get(platform_id) ?? new Set()
    found.set(platform_id, mine.add(org_id))
  }
  return new Map([...found].map(([platform, mine]) => [platform, [...mine]]))
}
