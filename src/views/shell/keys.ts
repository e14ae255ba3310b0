/** Which key the accelerators of commands stand for, and how they are written on this machine. */

interface Stroke {
  readonly control: boolean
  readonly meta: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly key: string
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const keyNames: Readonly<Record<string, string>> = {
  left: 'arrowleft',
  right: 'arrowright',
  up: 'arrowup',
  down: 'arrowdown',
  esc: 'escape',
  plus: '+',
  space: ' ',
  return: 'enter',
}

function parse(accelerator: string, mac: boolean): Stroke {
  const parts = accelerator.toLowerCase().split('+')
  const key = parts.at(-1) ?? ''
  const has = (...names: string[]) => names.some(name => parts.slice(0, -1).includes(name))
  const either = has('cmdorctrl', 'commandorcontrol')
  return {
    control: has('ctrl', 'control') || (either && !mac),
    meta: has('cmd', 'command', 'super', 'meta') || (either && mac),
    alt: has('alt', 'option'),
    shift: has('shift'),
    key: keyNames[key] ?? key,
  }
}

/** True when the key event is the accelerator's. A sign such as `?` is matched as written, with or without Shift. */
export function strikes(accelerator: string, event: Pressed, mac: boolean): boolean {
  const stroke = parse(accelerator, mac)
  const sign = stroke.key.length === 1 && !/[a-z0-9]/.test(stroke.key)
  return (
    event.key.toLowerCase() === stroke.key &&
    event.ctrlKey === stroke.control &&
    event.metaKey === stroke.meta &&
    event.altKey === stroke.alt &&
    (sign || event.shiftKey === stroke.shift)
  )
}

const signs: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  escape: 'Esc',
  enter: 'Enter',
  ' ': 'Space',
}

/** `CmdOrCtrl+K` as `Ctrl+K`, or `⌘K` on a Mac. */
export function written(accelerator: string, mac: boolean): string {
  const { control, meta, alt, shift, key } = parse(accelerator, mac)
  const name = signs[key] ?? (key.length === 1 ? key.toUpperCase() : key[0]?.toUpperCase() + key.slice(1))
  const words = mac
    ? { control: '⌃', alt: '⌥', shift: '⇧', meta: '⌘' }
    : { control: 'Ctrl', alt: 'Alt', shift: 'Shift', meta: 'Win' }
  const held = [control && words.control, alt && words.alt, shift && words.shift, meta && words.meta]
  return [...held.filter(word => word !== false), name].join(mac ? '' : '+')
}
