import { asOf, day, instant } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { Clients } from './clients.ts'
import type { Organisation } from './organisations.ts'
import type { Choices, Random } from './random.ts'

export type Contract = CanonicalRow<'contract'>
type Terms = Omit<Contract, 'contract_id' | 'platform_id' | 'org_id'>

const modes: Choices<Contract['mode']> = [
  ['subscription', 40],
  ['pay_later', 28],
  ['licence', 18],
  ['project', 12],
  [null, 2],
]

/** Contracts of some of the organisations that have devices on a platform, and of a few that have none there. */
export function makeContracts(
  draw: Random,
  clients: Clients,
  customers: readonly Organisation[],
): readonly Contract[] {
  const rows: Contract[] = []
  for (const [platform_id, organisations] of clients) {
    const signing = organisations.filter(() => draw.chance(0.14))
    if (draw.chance(0.2)) signing.push(draw.pick(customers).org_id)
    for (const org_id of new Set(signing)) {
      for (const terms of sign(draw, draw.weighted(modes))) {
        const contract_id = `K${String(rows.length + 1).padStart(5, '0')}`
        rows.push({ contract_id, platform_id, org_id, ...terms })
      }
    }
  }
  return rows
}

/** One contract, or for a subscription one after every change of its price. */
function sign(draw: Random, mode: Contract['mode']): readonly Terms[] {
  if (mode === 'subscription') return subscribe(draw)
  return [mode === 'pay_later' ? tryFirst(draw) : buy(draw, mode)]
}

/** Ends on the day on which the next begins; the last one lasts, or the customer leaves. */
function subscribe(draw: Random): readonly Terms[] {
  const rows: Terms[] = []
  let start = drawDay(draw, instant('2022-07-01T00:00:00Z'), asOf - 20 * day)
  let mrr = Math.round(draw.lognormal(7_000, 0.9))
  for (;;) {
    const until = start + draw.integer(200, 700) * day
    const point = draw.uniform()
    const ends = until < asOf && point < 0.72
    rows.push({
      ...plain('subscription', start),
      ended_at: ends ? until : null,
      mrr,
      ...paidTerm(draw, start),
    })
    if (!ends || point < 0.24) return rows
    mrr = Math.round(mrr * (point < 0.36 ? draw.between(0.55, 0.92) : draw.between(1.05, 1.6)))
    start = until
  }
}

function paidTerm(draw: Random, start: number): Pick<Terms, 'matures_at' | 'first_paid_at' | 'arrears'> {
  const paid = start + draw.integer(0, 30) * day
  return {
    matures_at: start + 365 * day,
    first_paid_at: paid < asOf ? paid : null,
    arrears: draw.chance(0.07) ? Math.round(draw.lognormal(9_000, 0.8)) : 0,
  }
}

/** Use first, pay later: paid before or after the trial matures, given up unpaid, or not yet decided. */
function tryFirst(draw: Random): Terms {
  const start = drawDay(draw, instant('2024-07-01T00:00:00Z'), asOf - 5 * day)
  const term = draw.pick([90, 180, 180, 365])
  const matures_at = start + term * day
  const pays = start + Math.ceil(term * draw.between(0.1, 1.5)) * day
  const leaves = matures_at + draw.integer(0, 60) * day
  const point = draw.uniform()
  const first_paid_at = point < 0.58 && pays < asOf ? pays : null
  const ended_at = point > 0.72 && leaves < asOf ? leaves : null
  const owes = first_paid_at === null && ended_at === null && matures_at < asOf
  const arrears = owes ? Math.round(draw.lognormal(20_000, 0.7)) : 0
  return { ...plain('pay_later', start), matures_at, first_paid_at, ended_at, arrears }
}

function buy(draw: Random, mode: Contract['mode']): Terms {
  const start = drawDay(draw, instant('2022-01-01T00:00:00Z'), asOf - 5 * day)
  const paid = start + draw.integer(5, 120) * day
  const delivered = start + draw.integer(60, 400) * day
  return {
    ...plain(mode, start),
    matures_at: mode === 'project' ? delivered : null,
    first_paid_at: paid < asOf ? paid : null,
    ended_at: mode === 'project' && delivered < asOf ? delivered : null,
    arrears: draw.chance(0.1) ? Math.round(draw.lognormal(30_000, 0.8)) : 0,
  }
}

function plain(mode: Contract['mode'], start: number): Terms {
  return { mode, start, matures_at: null, first_paid_at: null, ended_at: null, mrr: null, arrears: null }
}

function drawDay(draw: Random, from: number, to: number): number {
  return Math.floor(draw.between(from, to) / day) * day
}
