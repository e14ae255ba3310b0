import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './launch.ts'
import { confirmImport, goTo, openSample } from './steps.ts'

async function choose(page: Page, field: RegExp, option: RegExp | string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: field }).last().click()
  await page.getByRole('option', { name: option }).first().click()
}

test('an auditor opens the rows behind a number and takes them home', async ({ page, saveFolder }) => {
  test.setTimeout(240_000)
  await openSample(page)
  await goTo(page, 'CON-08', 'Flapping-device share')
  await expect(page.getByText(/confidence interval/).first()).toBeVisible({ timeout: 120_000 })
  await expect(page.getByText(/^Rests on /)).toBeVisible()
  await page.getByRole('tab', { name: 'Flapping devices' }).click()
  await expect(page.getByRole('grid', { name: 'Flapping devices' })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Save as CSV…' }).click()
  await expect(page.getByText('Saved CON-08-flapping-devices.csv')).toBeVisible({ timeout: 30_000 })
  expect(await readdir(saveFolder)).toEqual(['CON-08-flapping-devices.csv'])
  const [, first = ''] = (await readFile(join(saveFolder, 'CON-08-flapping-devices.csv'), 'utf8')).split(
    '\r\n',
  )
  expect(first).toMatch(/^P\d+,/)

  await page.getByRole('tab', { name: 'How this was computed' }).click()
  await expect(page.locator('main math').first()).toBeVisible()
})

test('the sample of a year before comes in beside it, and tells of moves between tiers', async ({ page }) => {
  test.setTimeout(240_000)
  await openSample(page)
  await goTo(page, 'PLN-07', 'Tier promotion rate')
  await expect(page.getByText(/second export with another date/)).toBeVisible({ timeout: 120_000 })
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('menuitem', { name: /a year before/ }).click()
  await confirmImport(page)
  await goTo(page, 'PLN-07', 'Tier promotion rate')
  await expect(page.getByText('10.03%').first()).toBeVisible({ timeout: 120_000 })
})

test('a person sets a target for a province, sees what it takes, and takes it back', async ({ page }) => {
  test.setTimeout(240_000)
  await openSample(page)
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('heading', { name: 'Plan tracker' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Connected industrial devices.*6\.27%/ })).toBeVisible({
    timeout: 120_000,
  })
  const form = page.getByRole('region', { name: 'Set a target' })
  await expect(form.getByRole('button', { name: 'Set' })).toBeDisabled()
  await choose(page, /Scope/, 'Province')
  await choose(page, /Province$/, 'Guangdong')
  const fill = async (field: string, value: string) => {
    await form.getByRole('textbox', { name: field, exact: true }).fill(value)
    await page.keyboard.press('Tab')
  }
  await fill('Base (0: unknown)', '1000')
  await fill('Target', '1331')
  await form.getByRole('button', { name: 'Set' }).click()
  // 1331 / 1000 in three years: 10 % a year.
  await expect(page.getByRole('row', { name: /Guangdong.*10%/ })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Remove this target of your own' }).click()
  await expect(page.getByRole('row', { name: /Guangdong/ })).toBeHidden()
})

test('a platform is laid beside its peers, and a comparison can be stopped', async ({ page }) => {
  test.setTimeout(300_000)
  await openSample(page)
  await page.keyboard.press('Control+3')
  await choose(page, /Indicator/, /AGG-03/)
  await page.getByRole('main').getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('tabpanel').getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('The indicator is computed for each platform')).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page.getByText(/This platform: .*percentile/)).toBeVisible({ timeout: 240_000 })
  await expect(page.getByRole('grid', { name: 'Peers' })).toBeVisible()

  await page.getByRole('tab', { name: 'Two exports' }).click()
  await expect(page.getByText('Import another export of the same platform')).toBeVisible()
})
