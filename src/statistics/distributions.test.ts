import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  betaQuantile,
  chiSquareCdf,
  chiSquareQuantile,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from './distributions.ts'
import { betaTails } from './distributions-beta.ts'
import { expectRelative } from './testing-relative.ts'

// Expected values are R 4.2.2's with 17 digits; the call stands above each table.
describe('equals R to 1e-12', () => {
  // qnorm(p)
  test.each([
    [1e-300, -37.0470962993612],
    [1e-12, -7.034483825301132],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400538],
    [0.4, -0.2533471031357998],
    [0.75, 0.6744897501960817],
    [0.975, 1.9599639845400536],
    [0.999999, 4.753424308817089],
  ])('normalQuantile(%s)', (p, expected) => {
    expectRelative(normalQuantile(p), expected, 5e-16)
  })

  // pnorm(z)
  test.each([
    [-37, 5.725571222524577e-300],
    [-8, 6.220960574271785e-16],
    [-1.5, 0.06680720126885807],
    [-0.1, 0.460172162722971],
    [0, 0.5],
    [1e-9, 0.5000000003989423],
    [1.96, 0.9750021048517796],
    [6, 0.9999999990134123],
  ])('normalCdf(%s)', (z, expected) => {
    expectRelative(normalCdf(z), expected, 1e-12)
  })

  // qt(p, df)
  test.each([
    [1e-6, 1, -318309.8861827435],
    [0.025, 1, -12.706204736174707],
    [0.4, 1, -0.32491969623290634],
    [0.975, 1, 12.706204736174694],
    [1e-6, 3.7, -51.64005027444271],
    [0.025, 3.7, -2.867520707191193],
    [0.4, 3.7, -0.27216446429206936],
    [0.975, 3.7, 2.8675207071911917],
    [1e-6, 30, -5.871117120418883],
    [0.025, 30, -2.042272456301238],
    [0.4, 30, -0.2556053649519128],
    [0.975, 30, 2.0422724563012378],
    [1e-6, 100000, -4.753704716391288],
    [0.025, 100000, -1.959987707534609],
    [0.4, 100000, -0.2533477771571799],
    [0.975, 100000, 1.9599877075346088],
    [1e-6, 10000000, -4.753427112755577],
    [0.025, 10000000, -1.9599642217672053],
    [0.4, 10000000, -0.253347109876003],
    [0.975, 10000000, 1.9599642217672049],
  ])('studentQuantile(%s, %s)', (p, df, expected) => {
    expectRelative(studentQuantile(p, df), expected, 1e-12)
  })

  // pt(t, df)
  test.each([
    [-20, 0.5, 0.07169748051423033],
    [-2, 0.5, 0.22275744509156564],
    [0.5, 0.5, 0.6213409635352817],
    [3, 0.5, 0.8163459220070283],
    [-20, 2, 0.0012453319461835485],
    [-2, 2, 0.09175170953613696],
    [0.5, 2, 0.6666666666666666],
    [3, 2, 0.9522670168666454],
    [-20, 10, 1.0730311586021232e-9],
    [-2, 10, 0.036694017385370196],
    [0.5, 10, 0.6860531971285135],
    [3, 10, 0.9933281724887152],
    [-20, 100000, 4.1117469553273435e-89],
    [-2, 100000, 0.022751481728753232],
    [0.5, 100000, 0.691461911172791],
    [3, 100000, 0.9986497695579677],
  ])('studentCdf(%s, %s)', (t, df, expected) => {
    expectRelative(studentCdf(t, df), expected, 1e-12)
  })

  // qchisq(p, df)
  test.each([
    [1e-6, 0.5, 1.3499395786223463e-24],
    [0.025, 0.5, 5.273202591259996e-7],
    [0.5, 0.5, 0.08734760470574687],
    [0.975, 0.5, 3.4332352999607787],
    [1e-6, 2, 2.0000010000006668e-6],
    [0.025, 2, 0.05063561596857975],
    [0.5, 2, 1.3862943611198906],
    [0.975, 2, 7.377758908227871],
    [1e-6, 12, 0.6260629572946308],
    [0.025, 12, 4.4037885069817015],
    [0.5, 12, 11.34032237742414],
    [0.975, 12, 23.336664158645334],
    [1e-6, 1001, 802.5182749691164],
    [0.025, 1001, 915.2133312204413],
    [0.5, 1001, 1000.3334123243324],
    [0.975, 1001, 1090.574735898763],
    [1e-6, 10000, 9342.10190723289],
    [0.025, 10000, 9724.718377389798],
    [0.5, 10000, 9999.333341235144],
    [0.975, 10000, 10279.07017988759],
    [1e-6, 2000000, 1990507.5439550001],
    [0.025, 2000000, 1996081.9666805877],
    [0.5, 2000000, 1999999.3333333728],
    [0.975, 2000000, 2003921.8219309007],
    [1e-6, 10000000000, 9999327778.684113],
    [0.025, 10000000000, 9999722821.12944],
    [0.5, 10000000000, 9999999999.333334],
    [0.975, 10000000000, 10000277182.65917],
  ])('chiSquareQuantile(%s, %s)', (p, df, expected) => {
    expectRelative(chiSquareQuantile(p, df), expected, 1e-12)
  })

  // pchisq(x, df)
  test.each([
    [0.001, 1, 0.02522712063003961],
    [3.84, 1, 0.9499564787512947],
    [30, 1, 0.9999999567953695],
    [1, 10, 0.00017211562995584072],
    [10, 10, 0.5595067149347875],
    [40, 10, 0.9999830552560699],
    [9500, 10000, 0.0001643861643588225],
    [10000, 10000, 0.5018806340338174],
    [10500, 10000, 0.9997520526320106],
    [2000000, 2000000, 0.5001329807608725],
  ])('chiSquareCdf(%s, %s)', (x, df, expected) => {
    expectRelative(chiSquareCdf(x, df), expected, 1e-12)
  })

  // qbeta(p, a, b)
  test.each([
    [0.025, 0.5, 0.5, 0.0015413331334360124],
    [0.5, 0.5, 0.5, 0.4999999999999999],
    [0.975, 0.5, 0.5, 0.998458666866564],
    [0.025, 1, 10, 0.0025285785444617843],
    [0.5, 1, 10, 0.06696700846319253],
    [0.975, 1, 10, 0.30849710781876083],
    [0.025, 3, 9, 0.06021773417290662],
    [0.5, 3, 9, 0.23578552663582836],
    [0.975, 3, 9, 0.5177558523601726],
    [0.025, 16, 133, 0.06306901823565021],
    [0.5, 16, 133, 0.10562584061918075],
    [0.975, 16, 133, 0.16165049034947898],
    [0.025, 1, 2000000, 1.265890391202102e-8],
    [0.5, 1, 2000000, 3.46573530223353e-7],
    [0.975, 1, 2000000, 1.8444380260790593e-6],
    [0.025, 5, 2000000, 8.117420538543278e-7],
    [0.5, 5, 2000000, 2.3354493787808e-6],
    [0.975, 5, 2000000, 5.120776105697373e-6],
    [0.025, 1000000, 2000000, 0.33280000407595495],
    [0.5, 1000000, 2000000, 0.3333332962962917],
    [0.975, 1000000, 2000000, 0.3338668730691444],
    [0.025, 400000, 1, 0.999990777843889],
    [0.5, 400000, 1, 0.99999826713355],
    [0.975, 400000, 1, 0.999999936705482],
  ])('betaQuantile(%s, %s, %s)', (p, a, b, expected) => {
    expectRelative(betaQuantile(p, a, b), expected, 1e-12)
  })

  // R 4.2.2 gives 102849115631.43 for qt(0.999999, 0.5); mpmath with 40 digits gives 102849115625.71901 for the double.
  test('and mpmath where R loses digits', () => {
    expectRelative(studentQuantile(0.999999, 0.5), 102_849_115_625.71901, 1e-12)
  })
})

test('the ends of each distribution', () => {
  expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity])
  expect([normalCdf(-Infinity), normalCdf(0), normalCdf(Infinity)]).toEqual([0, 0.5, 1])
  expect([studentQuantile(0, 3), studentQuantile(0.5, 3), studentQuantile(1, 3)]).toEqual([
    -Infinity,
    0,
    Infinity,
  ])
  expect([studentCdf(-Infinity, 3), studentCdf(0, 3), studentCdf(1e300, 3)]).toEqual([0, 0.5, 1])
  expect([chiSquareQuantile(0, 3), chiSquareQuantile(1, 3)]).toEqual([0, Infinity])
  expect([chiSquareCdf(-1, 3), chiSquareCdf(0, 3), chiSquareCdf(Infinity, 3)]).toEqual([0, 0, 1])
  expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1])
})

test('Student with endless degrees of freedom is the normal distribution', () => {
  expect(studentQuantile(0.975, Infinity)).toBe(normalQuantile(0.975))
  expect(studentCdf(-2, Infinity)).toBe(normalCdf(-2))
})

test.each([
  ['a probability above 1', () => normalQuantile(1.1)],
  ['a probability below 0', () => chiSquareQuantile(-0.1, 2)],
  ['no number', () => studentQuantile(Number.NaN, 2)],
  ['a deviate that is no number', () => normalCdf(Number.NaN)],
  ['no degrees of freedom', () => studentCdf(1, 0)],
  ['so few that t may overflow', () => studentQuantile(0.025, 0.01)],
  ['endless degrees of freedom', () => chiSquareCdf(1, Infinity)],
  ['a parameter below 0', () => betaQuantile(0.5, -1, 2)],
  ['a parameter too large to compute', () => betaQuantile(0.5, 1, 1e13)],
])('refuses %s', (_, call) => {
  expect(call).toThrow(RangeError)
})

const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true })
const parameter = fc.double({ min: -2, max: 6, noNaN: true }).map(exponent => 10 ** exponent)

describe('quantiles and distribution functions', () => {
  test('undo each other', () => {
    fc.assert(
      fc.property(probability, parameter, parameter, (p, a, b) => {
        expectRelative(normalCdf(normalQuantile(p)), p, 1e-11)
        expectRelative(studentCdf(studentQuantile(p, a + 0.5), a + 0.5), p, 1e-11)
        // The quantile of a small parameter may lie below the smallest number.
        const [x, y] = [chiSquareQuantile(p, a), betaQuantile(p, a, b)]
        if (x > 1e-300) expectRelative(chiSquareCdf(x, a), p, 1e-11)
        if (y > 1e-300 && y < 0.9) expectRelative(betaTails(a, b, y, 1 - y).lower, p, 1e-9)
      }),
    )
  })

  test('rise with the probability and mirror each other', () => {
    fc.assert(
      fc.property(probability, parameter, parameter, (p, a, b) => {
        const higher = (1 + p) / 2
        expect(studentQuantile(higher, a + 0.5)).toBeGreaterThan(studentQuantile(p, a + 0.5))
        expect(chiSquareQuantile(higher, a)).toBeGreaterThanOrEqual(chiSquareQuantile(p, a))
        expect(betaQuantile(higher, a, b)).toBeGreaterThanOrEqual(betaQuantile(p, a, b))
        expect(studentQuantile(0.5 + p / 2, a + 1)).toBe(-studentQuantile(1 - (0.5 + p / 2), a + 1))
        expect(
          Math.abs(betaQuantile(0.5 + p / 2, a, b) + betaQuantile(1 - (0.5 + p / 2), b, a) - 1),
        ).toBeLessThan(1e-12)
      }),
    )
  })

  test('answer within a second for the largest parameters', () => {
    // Cornish and Fisher: df + z√(2df) + 2(z² − 1)/3 + O(1/√df), z = 1.959963984540054.
    const expected = 1e12 + 1.959963984540054 * Math.sqrt(2e12) + (2 * (1.959963984540054 ** 2 - 1)) / 3
    expectRelative(chiSquareQuantile(0.975, 1e12), expected, 1e-15)
    // The least of 10¹² uniform numbers: 1 − 0.025^(10⁻¹²) = −ln 0.025 · 10⁻¹².
    expectRelative(betaQuantile(0.975, 1, 1e12), -Math.log(0.025) * 1e-12, 1e-11)
    expectRelative(studentQuantile(0.975, 1e12), 1.959963984540054, 1e-11)
  })
})
