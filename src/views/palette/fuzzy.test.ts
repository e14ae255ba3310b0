import { expect, test } from 'vitest'
import { bestFit, fitness } from './fuzzy.ts'

test('letters must come in order', () => {
  expect(fitness('shp', 'Source Shapley value')).not.toBeNull()
  expect(fitness('phs', 'Shapley')).toBeNull()
})

test('an unbroken run beats the same letters scattered', () => {
  const run = fitness('gini', 'Device Gini coefficient') ?? 0
  const scattered = fitness('gini', 'growth in unit index') ?? 0
  expect(run).toBeGreaterThan(scattered)
})

test('beginnings of words count', () => {
  expect(fitness('dc', 'Device concentration') ?? 0).toBeGreaterThan(fitness('dc', 'Sandcastle') ?? 0)
})

test('Chinese is found by its own characters, and spaces and case do not matter', () => {
  expect(fitness('沙普利', '数据源沙普利值')).not.toBeNull()
  expect(fitness('DEVICE gini', 'Device Gini coefficient')).not.toBeNull()
})

test('either language will do', () => {
  expect(bestFit('gini', ['设备分布基尼系数', 'Device Gini coefficient'])).not.toBeNull()
  expect(bestFit('zzz', ['设备分布基尼系数', 'Device Gini coefficient'])).toBeNull()
})
