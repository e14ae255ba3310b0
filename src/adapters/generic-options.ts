import type { AdapterOption, Expression, RawTable } from './adapter.ts'
import { platformOption, zoneOption } from './options.ts'
import { column, constant } from './raw-table.ts'
import type { Role } from './role-names.ts'

/** The options of the adapters that know a table by the roles of its columns. */

export const genericPlatformOption: AdapterOption = {
  ...platformOption,
  help: {
    zh: '表中有平台列时以该列为准；没有时请填写它属于哪个平台。',
    en: 'Used where the table has no column that says which platform a row is of.',
  },
}

export const genericZoneOption: AdapterOption = zoneOption(raw =>
  /\p{Script=Han}/u.test(raw.columns.join()) ? '+08:00' : '+00:00',
)

/** The device of a table without a column of devices; proposed from the name of the file. */
export const deviceOption: AdapterOption = {
  name: { zh: '设备编号', en: 'Device id' },
  help: {
    zh: '表中有设备列时以该列为准；没有时请填写数据来自哪台设备。',
    en: 'Used where the table has no column that says which device a row is of.',
  },
  proposal: platformOption.proposal,
}

/** The device and platform of each row: from their columns, else as the person says. */
export function deviceKey(
  roles: ReadonlyMap<Role, string>,
  options: Readonly<Record<string, string>>,
): Readonly<Record<string, Expression>> {
  return {
    platform_id: columnOr(roles.get('platform'), options.platform_id),
    device_id: columnOr(roles.get('device'), options.device_id),
  }
}

/** A column, or where there is none the same value for every row. */
export function columnOr(header: string | undefined, value: string | undefined): Expression {
  return header === undefined ? constant(value ?? '') : column(header)
}

/** The canonical columns whose role has a header. */
export function fromRoles(
  roles: ReadonlyMap<Role, string>,
  wanted: Readonly<Record<string, Role>>,
): Readonly<Record<string, Expression>> {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([canonical, role]) => {
      const header = roles.get(role)
      return header === undefined ? [] : [[canonical, column(header)]]
    }),
  )
}

/** How many of the values of a column occur more than once in the preview, as a share of them. */
export function repeats(raw: RawTable, header: string): number {
  const at = raw.columns.indexOf(header)
  const values = raw.preview.flatMap(row => row[at] ?? [])
  return values.length === 0 ? 0 : 1 - new Set(values).size / values.length
}
