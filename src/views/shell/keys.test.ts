import { describe, expect, test } from 'vitest'
import { strikes, written } from './keys.ts'

function pressed(key: string, held: { ctrl?: true; meta?: true; alt?: true; shift?: true } = {}) {
  return {
    key,
    ctrlKey: held.ctrl ?? false,
    metaKey: held.meta ?? false,
    altKey: held.alt ?? false,
    shiftKey: held.shift ?? false,
  }
}

describe('strikes', () => {
  test('CmdOrCtrl is Ctrl here and Command on a Mac, and nothing else may be held', () => {
    expect(strikes('CmdOrCtrl+K', pressed('k', { ctrl: true }), false)).toBe(true)
    expect(strikes('CmdOrCtrl+K', pressed('k', { meta: true }), false)).toBe(false)
    expect(strikes('CmdOrCtrl+K', pressed('k', { meta: true }), true)).toBe(true)
    expect(strikes('CmdOrCtrl+K', pressed('k', { ctrl: true, alt: true }), false)).toBe(false)
  })

  test('Shift tells undo from redo', () => {
    expect(strikes('CmdOrCtrl+Z', pressed('Z', { ctrl: true, shift: true }), false)).toBe(false)
    expect(strikes('CmdOrCtrl+Shift+Z', pressed('Z', { ctrl: true, shift: true }), false)).toBe(true)
  })

  test('arrows and function keys go by their names', () => {
    expect(strikes('Alt+Right', pressed('ArrowRight', { alt: true }), false)).toBe(true)
    expect(strikes('F9', pressed('F9'), false)).toBe(true)
  })

  test('a sign is a sign whether or not the keyboard wants Shift for it', () => {
    expect(strikes('?', pressed('?', { shift: true }), false)).toBe(true)
    expect(strikes('CmdOrCtrl+/', pressed('/', { ctrl: true }), false)).toBe(true)
  })
})

test('keys are written as the machine writes them', () => {
  expect(written('CmdOrCtrl+Shift+Z', false)).toBe('Ctrl+Shift+Z')
  expect(written('CmdOrCtrl+Shift+Z', true)).toBe('⇧⌘Z')
  expect(written('Alt+Left', false)).toBe('Alt+←')
  expect(written('F9', false)).toBe('F9')
})
