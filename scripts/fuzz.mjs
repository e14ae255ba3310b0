import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from './cache.mjs'
import { bundle } from './fuzz/bundle.mjs'
import { openHand } from './fuzz/hand.mjs'

const usage = `usage: npm run fuzz -- [--seconds 60] [--seed 1] [--mutants N] [--from INDEX] [--format NAME] [--out DIR] [FILE …]

Damages small exports of every format and imports each with the real workbench on the real engine. A mutant must end
in 10 seconds, with every row accounted for, nothing stored or shown of a credential, and the app as it was. What
does not is written below --out (default fuzz-finds) with its story, and the exit code is 1. With FILEs, these are
tried instead.`

/** A mutant is given up after 10 seconds of a machine that does nothing else. */
const secondsEach = () => 10 * Math.max(1, loadavg()[0] / availableParallelism())
/** A sound file is imported after so many mutants, and the process is replaced after so many. */
const checkEvery = 10
const replaceAfter = 250

function readArguments() {
  const text = { type: 'string' }
  const options = { seconds: text, seed: text, mutants: text, from: text, format: text, out: text }
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const number = (given, otherwise) => {
    const value = Number(given ?? otherwise)
    if (!(value >= 0)) throw new Error(`not a number: ${given}`)
    return value
  }
  const from = process.env.INIT_CWD ?? process.cwd()
  return {
    seconds: number(values.seconds, values.mutants === undefined ? 60 : Number.POSITIVE_INFINITY),
    seed: number(values.seed, 1),
    mutants: number(values.mutants, Number.POSITIVE_INFINITY),
    first: number(values.from, 0),
    format: values.format ?? null,
    out: values.out === undefined ? join(root, 'fuzz-finds') : resolve(from, values.out),
    files: positionals.map(file => resolve(from, file)),
  }
}

function* given(files) {
  for (const file of files)
    for (const whim of [0.1, 0.3, 0.5, 0.7, 0.9])
      yield {
        format: 'given',
        name: basename(file),
        bytes: readFileSync(file),
        story: file,
        sound: false,
        whim,
      }
}

async function* drawn({ seed, mutants, first, format }, module) {
  const { allSeeds, mutantOf } = await import(pathToFileURL(module))
  const seeds = allSeeds().filter(one => format === null || one.format === format)
  if (seeds.length === 0) throw new Error(`no seed of the format ${format}`)
  for (let index = first; index < first + mutants; index++) yield { ...mutantOf(seeds, seed, index), index }
}

function openTally() {
  const formats = new Map()
  const slowest = []
  return {
    add({ format, story, index }, { outcomes, milliseconds }) {
      const known = formats.get(format) ?? { mutants: 0, taken: 0, refused: 0, outcomes: new Map() }
      const isRefused = outcomes.every(outcome => !outcome.includes(', '))
      known.mutants++
      known[isRefused ? 'refused' : 'taken']++
      for (const outcome of outcomes) known.outcomes.set(outcome, (known.outcomes.get(outcome) ?? 0) + 1)
      formats.set(format, known)
      slowest.push({ milliseconds: Math.round(milliseconds), index, story })
      slowest.sort((a, b) => b.milliseconds - a.milliseconds).splice(5)
    },
    print() {
      const rows = [...formats].toSorted().map(([format, { mutants, taken, refused, outcomes }]) => {
        const most = [...outcomes].sort(([, a], [, b]) => b - a).slice(0, 6)
        return {
          format,
          mutants,
          taken,
          refused,
          outcomes: most.map(([words, n]) => `${words} ${n}`).join(' · '),
        }
      })
      for (const { format, mutants, taken, refused, outcomes } of rows)
        console.log(
          `${format.padEnd(14)} ${mutants} mutants, ${taken} taken in, ${refused} refused: ${outcomes}`,
        )
      for (const { milliseconds, index, story } of slowest)
        console.log(`slowest: ${milliseconds} ms, ${index}: ${story}`)
      return rows.reduce((sum, { mutants }) => sum + mutants, 0)
    },
  }
}

function keep(out, seed, mutant, complaints) {
  mkdirSync(out, { recursive: true })
  const stem = join(
    out,
    mutant.index === undefined ? basename(mutant.name) : `${seed}-${mutant.index}-${mutant.name}`,
  )
  if (mutant.index !== undefined) writeFileSync(stem, mutant.bytes)
  const { format, story, index, whim } = mutant
  writeFileSync(
    `${stem}.find.json`,
    `${JSON.stringify({ seed, index, format, story, whim, complaints }, null, 2)}\n`,
  )
  console.log(`FIND ${stem}: ${story}\n  ${complaints.join('\n  ').slice(0, 1500)}`)
}

async function fuzz(wanted) {
  const tally = openTally()
  const modules = await bundle()
  const mutants = wanted.files.length > 0 ? given(wanted.files) : drawn(wanted, modules.mutant)
  let [hand, tried, finds] = [null, 0, 0]
  let end = Number.POSITIVE_INFINITY
  for await (const mutant of mutants) {
    hand ??= await openHand(modules.child)
    // The clock starts when the first process stands.
    if (end === Number.POSITIVE_INFINITY) end = Date.now() + wanted.seconds * 1000
    if (Date.now() > end) break
    const verdict = await hand.ask(mutant, secondsEach())
    tally.add(mutant, verdict)
    tried++
    const isChecked = !verdict.spent && (verdict.complaints.length > 0 || tried % checkEvery === 0)
    const after = isChecked ? await hand.ask('check', secondsEach()) : { complaints: [], spent: false }
    const complaints = [...verdict.complaints, ...after.complaints]
    if (complaints.length > 0) {
      finds++
      keep(wanted.out, wanted.seed, mutant, complaints)
    }
    if (verdict.spent || after.spent || complaints.length > 0 || tried % replaceAfter === 0) {
      hand.end()
      hand = null
    }
  }
  hand?.end()
  const total = tally.print()
  console.log(`${total} mutants of seed ${wanted.seed}, ${finds} finds`)
  return finds === 0 && total > 0 ? 0 : 1
}

try {
  process.exitCode = await fuzz(readArguments())
} catch (error) {
  console.error(`${error.message}\n\n${usage}`)
  process.exitCode = 2
}
