import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Fixture, Trials } from '../testing.ts'
import protocolDiversity from './protocol-diversity.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/** Devices on one platform, one for each protocol given. */
function speaking(protocols: readonly (string | null)[]): Fixture {
  return { device: protocols.map((protocol, i) => ({ platform_id: 'A', device_id: String(i), protocol })) }
}

test('of 2 MQTT, 1 Modbus and 1 OPC UA is exp(1.5 ln 2) = 2.828', async () => {
  // p = 1/2, 1/4, 1/4: H = 1/2 ln 2 + 2 x 1/4 ln 4 = 1.5 ln 2, so that exp H = 2^1.5; the unknown fifth is left out.
  const { headline } = await trials.run(
    protocolDiversity,
    speaking(['MQTT', 'MQTT', 'Modbus', 'OPC UA', null]),
  )
  expect(headline.value).toBeCloseTo(2 ** 1.5, 12)
  expect(besides(headline)).toEqual({
    Protocols: 3,
    'Share of the first protocol': 1 / 2,
    'Devices of unknown protocol': 1 / 5,
  })
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 5 })
})

test('is not computable when no protocol is known', async () => {
  expect((await trials.run(protocolDiversity, speaking([null, null]))).headline).toMatchObject({
    value: null,
    missing: ['device.protocol'],
  })
})

const protocols = fc.array(fc.constantFrom('MQTT', 'Modbus', 'OPC UA', '协议"\'', 'S7'), {
  minLength: 1,
  maxLength: 40,
})

/** The same number as a product, Π p^(−p), and not as a sum of logarithms. */
function byProduct(drawn: readonly string[]): number {
  const counts = [...new Set(drawn)].map(name => drawn.filter(each => each === name).length / drawn.length)
  return counts.reduce((product, p) => product * p ** -p, 1)
}

test('equals the product form, lies between 1 and the number of protocols, and stays when data are doubled', async () => {
  await fc.assert(
    fc.asyncProperty(protocols, async drawn => {
      const { headline } = await trials.run(protocolDiversity, speaking(drawn))
      expect(headline.value).toBeCloseTo(byProduct(drawn), 10)
      expect(headline.value).toBeGreaterThanOrEqual(1 - 1e-12)
      expect(headline.value).toBeLessThanOrEqual(new Set(drawn).size + 1e-12)
      const doubled = await trials.run(protocolDiversity, speaking([...drawn, ...drawn.toReversed()]))
      expect(doubled.headline.value).toBe(headline.value)
    }),
    { seed: 3, numRuns: 10 },
  )
})

test('details: by platform, and names that are alike', async () => {
  // Alike: "OPC UA", "opc-ua" and "OPC－UA" (full-width), not "MQTT". As one, 4 of 8 and 4 of 8: 2 effective protocols.
  const names = ['OPC UA', 'OPC UA', 'opc-ua', 'OPC－UA', 'MQTT', 'MQTT', 'MQTT', 'MQTT']
  const rows = [...names, null].map((protocol, i) => ({
    platform_id: i < 2 ? 'A' : 'B',
    device_id: String(i),
    protocol,
  }))
  const loaded = await trials.load({ device: rows, platform: [{ platform_id: 'B', name: '乙' }] })
  const alike = await trials.detail(protocolDiversity, 'alike-names', loaded)
  expect(alike.map(row => [row.protocol, row.devices, row.share])).toEqual([
    ['OPC UA', 2, 2 / 8],
    ['OPC－UA', 1, 1 / 8],
    ['opc-ua', 1, 1 / 8],
  ])
  expect(alike[0]?.diversity_if_one).toBeCloseTo(2, 12)
  const platforms = await trials.detail(protocolDiversity, 'by-platform', loaded)
  // B: 1, 1, 4 of 6: (1/6)^(-1/6) twice, times (2/3)^(-2/3).
  expect(platforms).toEqual([
    {
      platform_id: 'B',
      platform_name: '乙',
      known_devices: 6,
      unknown_devices: 1,
      protocols: 3,
      diversity: expect.closeTo(6 ** (1 / 3) * 1.5 ** (2 / 3), 12),
    },
    {
      platform_id: 'A',
      platform_name: null,
      known_devices: 2,
      unknown_devices: 0,
      protocols: 1,
      diversity: 1,
    },
  ])
})
