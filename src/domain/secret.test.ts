import { expect, test } from 'vitest'
import { isSecretName } from './secret.ts'

test.each([
  ...[
    'Device Secret',
    'secretKey',
    'SecretKey',
    'secret_access_key',
    'Primary Key',
    'SAS Token',
    'Connection String',
  ],
  ...[
    'password_hash',
    'passwordSalt',
    'mqtt_pass',
    'userPass',
    'psk',
    'security.psk',
    'dtlsPsk',
    'jwt',
    '连接串',
    '连接字符串',
  ],
])('%s names a credential', name => {
  expect(isSecretName(name)).toBe(true)
})

test.each([
  ...[
    'device_id',
    'pass',
    'pass_rate',
    'bypass',
    'key',
    'keyboard',
    'secretary',
    'pskov',
    'tokens',
    'passage',
  ],
  ...['primary', '连接状态', '连接时间', 'connection state', 'compass', 'access_count'],
])('%s does not', name => {
  expect(isSecretName(name)).toBe(false)
})
