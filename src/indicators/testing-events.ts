import type { Cells } from './testing.ts'

/** Hours after midnight of Monday, 1 June 2026. */
export function time(hour: number): string {
  return new Date(Date.UTC(2026, 5, 1) + hour * 3.6e6).toISOString()
}

/** A connection event of a device of platform P. */
export function event(device_id: string, hour: number, kind: string, more: Cells = {}): Cells {
  return { platform_id: 'P', device_id, ts_event: time(hour), kind, ...more }
}

/** One with a reason class, or without any. */
export function reasoned(
  device_id: string,
  hour: number,
  kind: string,
  reason_class: string | null = null,
): Cells {
  return event(device_id, hour, kind, { reason_class })
}
