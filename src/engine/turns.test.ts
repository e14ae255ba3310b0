import { expect, test } from 'vitest'
import { Cancelled } from './faults.ts'
import { openTurns } from './turns.ts'

function openDoor(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = () => {}
  const passed = new Promise<void>(resolve => {
    open = resolve
  })
  return { passed, open }
}

const signal = new AbortController().signal

test('no more than the given number run at once, and in the order they came', async () => {
  const turns = openTurns(2)
  const doors = [openDoor(), openDoor(), openDoor(), openDoor()]
  const begun: number[] = []
  const jobs = doors.map((door, i) =>
    turns.take(signal, () => {
      begun.push(i)
      return door.passed
    }),
  )
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  doors[1]?.open()
  await jobs[1]
  expect(begun).toEqual([0, 1, 2])
  for (const door of doors) door.open()
  await Promise.all(jobs)
  expect(begun).toEqual([0, 1, 2, 3])
})

test('an aborted job leaves the line, and one that throws makes way', async () => {
  const turns = openTurns(1)
  const door = openDoor()
  const first = turns.take(signal, () => door.passed.then(() => Promise.reject(new Error('broken'))))
  const abort = new AbortController()
  const second = turns.take(abort.signal, () => Promise.resolve('never'))
  const third = turns.take(signal, () => Promise.resolve('third'))
  abort.abort()
  await expect(second).rejects.toBeInstanceOf(Cancelled)
  door.open()
  await expect(first).rejects.toThrow('broken')
  expect(await third).toBe('third')
})
